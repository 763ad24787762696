package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.directory.PublicAddresses;
import io.gops.fleet.Side;
import java.util.SortedSet;

/// How a back end sends the logins of a group's virtual address to one of its sides.
public interface LoginSteering extends PublicAddresses {
  /// The OpenFlow group, as `ovs-ofctl add-groups` reads it, beginning with `group_id=`: all weight
  /// on the bucket of `live`.
  String group(Group group, Side live);

  /// Hosts and gateways whose switch has the group.
  SortedSet<String> carriers(Group group);

  /// All hosts and gateways that have a switch.
  SortedSet<String> switches();
}
