/// Rules of a team, written in CEL beside the fleet and judged on its resolved model.
@NullMarked
package io.gops.policy;

import org.jspecify.annotations.NullMarked;
