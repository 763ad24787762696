/// Open vSwitch: the files of each node, and the lines that switch logins.
@NullMarked
package io.gops.openvswitch;

import org.jspecify.annotations.NullMarked;
