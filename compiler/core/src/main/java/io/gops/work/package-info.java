/// How long work is worth doing.
@NullMarked
package io.gops.work;

import org.jspecify.annotations.NullMarked;
