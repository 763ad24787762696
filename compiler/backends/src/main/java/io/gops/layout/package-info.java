/// FreeMarker layouts: text that people and shells read, filled in without letting a value become
/// syntax.
@NullMarked
package io.gops.layout;

import org.jspecify.annotations.NullMarked;
