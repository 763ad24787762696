/// Rules of style: what is right and still misleads whoever reads or changes it next.
@NullMarked
package io.gops.lint;

import org.jspecify.annotations.NullMarked;
