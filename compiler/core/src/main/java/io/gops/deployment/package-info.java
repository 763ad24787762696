/// What will run, without a word of Kubernetes or Open vSwitch.
@NullMarked
package io.gops.deployment;

import org.jspecify.annotations.NullMarked;
