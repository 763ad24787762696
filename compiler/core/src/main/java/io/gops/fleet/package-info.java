/// What the user said: every kind of the language as an immutable record, resolved and typed.
@NullMarked
package io.gops.fleet;

import org.jspecify.annotations.NullMarked;
