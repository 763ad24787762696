/// What runs: live side, version and template of each zone.
@NullMarked
package io.gops.state;

import org.jspecify.annotations.NullMarked;
