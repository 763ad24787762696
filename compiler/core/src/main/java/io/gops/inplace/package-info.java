/// What OpenKruise does to running pods when their template changes.
@NullMarked
package io.gops.inplace;

import org.jspecify.annotations.NullMarked;
