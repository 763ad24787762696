/// Pictures and figures for people and other tools.
@NullMarked
package io.gops.report;

import org.jspecify.annotations.NullMarked;
