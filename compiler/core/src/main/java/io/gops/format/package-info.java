/// One way to lay out a `.gops` text: spaces, indentation and columns; no word changes.
@NullMarked
package io.gops.format;

import org.jspecify.annotations.NullMarked;
