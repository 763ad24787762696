/// Text to tokens to syntax tree; knows nothing of games.
@NullMarked
package io.gops.syntax;

import org.jspecify.annotations.NullMarked;
