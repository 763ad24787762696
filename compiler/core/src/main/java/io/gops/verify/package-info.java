/// Checks proofs again with code of its own: it shares the records of the question and the answer
/// with the prover, and nothing else.
@NullMarked
package io.gops.verify;

import org.jspecify.annotations.NullMarked;
