/// The protocol: what editors ask and are told.
@NullMarked
package io.gops.lsp.server;

import org.jspecify.annotations.NullMarked;
