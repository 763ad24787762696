/// The way of one packet in the words of the source: which table and declaration sent it where, and
/// what would have to be written for it to arrive.
@NullMarked
package io.gops.network.trace;

import org.jspecify.annotations.NullMarked;
