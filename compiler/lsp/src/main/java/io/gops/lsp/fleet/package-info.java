/// Fleets as people write them: snapshots of what the editor shows, bound and proved in the
/// background.
@NullMarked
package io.gops.lsp.fleet;

import org.jspecify.annotations.NullMarked;
