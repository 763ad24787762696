package io.gops.openvswitch;

import io.gops.fleet.Side;
import io.gops.network.LoginGroup;
import io.gops.network.pipeline.Steering;

/// Moves the logins of a pair: the argument of `ovs-ofctl -O OpenFlow15 --may-create mod-group
/// br-int` on each of the group's carriers. Sending it twice changes nothing.
public final class LoginSwitch {
  private LoginSwitch() {}

  /// All new logins go to one side.
  public static String toSide(LoginGroup login, Side live) {
    return FlowText.groupLine(Steering.group(login.withLive(live)));
  }

  /// New logins are shared.
  ///
  /// @param a weight of each server of side A, 0 to 65535
  /// @param b weight of each server of side B
  public static String weights(LoginGroup login, int a, int b) {
    return FlowText.groupLine(Steering.group(login.withWeights(a, b)));
  }
}
