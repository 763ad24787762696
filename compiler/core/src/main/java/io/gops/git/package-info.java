/// Earlier revisions of a folder, read from a git repository's objects.
@NullMarked
package io.gops.git;

import org.jspecify.annotations.NullMarked;
