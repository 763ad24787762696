/// What is proved of generated tables: well-formedness, isolation, and that they do what the policy
/// says.
@NullMarked
package io.gops.network.verify;

import org.jspecify.annotations.NullMarked;
