/// Plays plans against a model of the cluster, with mishaps, to see where they can end.
@NullMarked
package io.gops.rehearsal;

import org.jspecify.annotations.NullMarked;
