/// The overlay: VPCs, members, gateways, login groups and rules, as the flow tables need them.
@NullMarked
package io.gops.network;

import org.jspecify.annotations.NullMarked;
