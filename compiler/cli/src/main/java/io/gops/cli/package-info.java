/// The `gopsc` command: reads arguments, runs a compilation, prints, writes, and ends with a code.
@NullMarked
package io.gops.cli;

import org.jspecify.annotations.NullMarked;
