/// The zone list that game clients and the login gate watch.
@NullMarked
package io.gops.directory;

import org.jspecify.annotations.NullMarked;
