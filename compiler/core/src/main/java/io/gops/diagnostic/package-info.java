/// What the compiler tells a person: stable codes, places, hints and fixes.
@NullMarked
package io.gops.diagnostic;

import org.jspecify.annotations.NullMarked;
