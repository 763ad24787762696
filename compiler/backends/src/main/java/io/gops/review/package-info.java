/// How the changes of a fleet are told to reviewers and to the programs that they use.
@NullMarked
package io.gops.review;

import org.jspecify.annotations.NullMarked;
