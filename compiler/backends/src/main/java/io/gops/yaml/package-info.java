/// Writes YAML: deterministic, and read the same by YAML 1.1 and 1.2 readers.
@NullMarked
package io.gops.yaml;

import org.jspecify.annotations.NullMarked;
