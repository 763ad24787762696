/// One class for each thing an editor can ask.
@NullMarked
package io.gops.lsp.feature;

import org.jspecify.annotations.NullMarked;
