/// What a change of the source does to what runs: two models of one fleet, and what differs,
/// grouped by cause and consequence.
@NullMarked
package io.gops.diff;

import org.jspecify.annotations.NullMarked;
