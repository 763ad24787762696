/// Answers of the capacity model to questions that people ask: how much more fits, what is needed,
/// what happens when a host is lost, why a group would move.
@NullMarked
package io.gops.outlook;

import org.jspecify.annotations.NullMarked;
