/// What already runs in a cluster, taken over: objects as `kubectl` prints them become the state of
/// a fleet, or its source.
@NullMarked
package io.gops.adoption;

import org.jspecify.annotations.NullMarked;
