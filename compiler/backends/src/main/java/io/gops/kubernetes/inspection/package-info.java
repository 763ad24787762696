/// Whether generated objects are what Kubernetes, OpenKruise and OpenKruiseGame take and mean:
/// asked of every object before anything is written, by code that shares nothing with what made
/// them.
@NullMarked
package io.gops.kubernetes.inspection;

import org.jspecify.annotations.NullMarked;
