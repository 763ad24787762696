package io.gops.rollout;

import io.gops.deployment.Group;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Side;
import io.gops.network.LoginGroup;
import io.gops.network.Overlay;
import io.gops.openvswitch.LoginSwitch;
import io.gops.plan.LoginSteering;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Sends logins by the OpenFlow group of a pair's virtual address.
public final class LoginRoutes implements LoginSteering {
  private final Overlay overlay;
  private final Map<String, LoginGroup> byGroup = new TreeMap<>();
  private final Map<String, Ipv4> publicAddresses = new TreeMap<>();

  /// The routes of an overlay.
  public LoginRoutes(Overlay overlay) {
    this.overlay = overlay;
    overlay.loginGroups().values().forEach(login -> byGroup.put(login.group(), login));
    overlay.publicAddresses().forEach(found -> publicAddresses.put(found.name(), found.address()));
  }

  @Override
  public String group(Group group, Side live) {
    return LoginSwitch.toSide(login(group), live);
  }

  @Override
  public SortedSet<String> carriers(Group group) {
    return new TreeSet<>(login(group).carriers());
  }

  @Override
  public SortedSet<String> switches() {
    return new TreeSet<>(overlay.nodes().keySet());
  }

  @Override
  public Optional<Ipv4> publicAddress(String name) {
    return Optional.ofNullable(publicAddresses.get(name));
  }

  private LoginGroup login(Group group) {
    return Objects.requireNonNull(byGroup.get(group.id()), group.id());
  }
}
