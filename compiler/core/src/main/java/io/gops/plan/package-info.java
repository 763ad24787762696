/// Releases as numbered steps: what changes, how it is checked, how it is taken back, and the proof
/// that the steps lead where they should.
@NullMarked
package io.gops.plan;

import org.jspecify.annotations.NullMarked;
