/// Kubernetes objects for OpenKruiseGame: one file for each zone, shared objects for each game.
@NullMarked
package io.gops.kubernetes;

import org.jspecify.annotations.NullMarked;
