/// One compile from files to models, as a snapshot whose phases run when asked for.
@NullMarked
package io.gops.compilation;

import org.jspecify.annotations.NullMarked;
