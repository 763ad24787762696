/// What was assigned and must stay: the lock, and claims of new ids that disturb nothing.
@NullMarked
package io.gops.allocate;

import org.jspecify.annotations.NullMarked;
