/// Proves that oversold hosts hold at every instant of a cut-over, or names the place where they
/// break.
///
/// Each group is reduced to two amounts per resource, steady use and worst instant, so a host holds
/// if the steady uses and the largest extra uses of as many groups as may move at once fit.
@NullMarked
package io.gops.capacity;

import org.jspecify.annotations.NullMarked;
