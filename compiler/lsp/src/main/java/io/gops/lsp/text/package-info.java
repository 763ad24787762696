/// Text of an editor: positions, ranges and URIs.
@NullMarked
package io.gops.lsp.text;

import org.jspecify.annotations.NullMarked;
