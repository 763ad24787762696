/// Source text: files, spans, lines, and the chain of places a value came from.
@NullMarked
package io.gops.source;

import org.jspecify.annotations.NullMarked;
