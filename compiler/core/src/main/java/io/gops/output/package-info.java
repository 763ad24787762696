/// Puts generated files on disk, all of them or none.
///
/// New bytes are staged inside the output folder, on the same file system. An intent record, made
/// durable, is the moment of decision: before it an interrupted run is discarded by the next one,
/// after it completed. Files then take their places by renaming, the manifest after them, the
/// fleet's lock last.
@NullMarked
package io.gops.output;

import org.jspecify.annotations.NullMarked;
