/// JSON values as a small tree: parsed by Jackson's streaming reader, printed canonically.
@NullMarked
package io.gops.json;

import org.jspecify.annotations.NullMarked;
