/// What has to be true of every plan, one class for each rule.
@NullMarked
package io.gops.plan.proof;

import org.jspecify.annotations.NullMarked;
