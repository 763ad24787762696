/// Files to be written, with the places their text came from.
@NullMarked
package io.gops.artifact;

import org.jspecify.annotations.NullMarked;
