package io.gops.network;

import io.gops.deployment.Nic;
import io.gops.deployment.Workload;
import io.gops.fleet.Cidr;
import io.gops.fleet.Ipv4;
import io.gops.network.flow.Declaration;

/// One server's port in a VPC, and the host it is on. A stopped side is a member too, so that it
/// can start without any change of the network.
///
/// @param host name of the node
/// @param mac its hardware address as a number
public record Member(Nic nic, Workload workload, String host, long mac, Declaration declaration) {
  public static Member of(Nic nic, Workload workload, String host) {
    String path = "vpc/" + nic.vpc() + "/server/" + nic.id();
    return new Member(
        nic,
        workload,
        host,
        Long.parseLong(nic.mac().replace(":", ""), 16),
        Declaration.of(path, workload.zone().body().origins().place()));
  }

  public String id() {
    return nic.id();
  }

  public Ipv4 address() {
    return nic.address();
  }

  public Cidr prefix() {
    return Cidr.host(nic.address());
  }
}
