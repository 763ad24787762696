/// A repository of manifests for tests, and whoever applies what it says.
@NullMarked
package io.gops.gitops;

import org.jspecify.annotations.NullMarked;
