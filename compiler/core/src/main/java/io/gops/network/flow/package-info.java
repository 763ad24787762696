/// The flow intermediate form: typed matches and actions of the tables of one node. Everything is
/// reasoned about here; text is printed from it and never read back.
@NullMarked
package io.gops.network.flow;

import org.jspecify.annotations.NullMarked;
