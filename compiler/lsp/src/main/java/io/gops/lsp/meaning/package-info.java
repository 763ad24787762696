/// What stands where in a file: names, kinds and attributes, without binding anything.
@NullMarked
package io.gops.lsp.meaning;

import org.jspecify.annotations.NullMarked;
