package io.gops.fleet;

import io.gops.source.Origins;
import java.util.List;
import java.util.Optional;

/// A network of its own: another VPC may use the same addresses.
///
/// @param cidr addresses of its members
/// @param mtu bytes of an inner packet
/// @param internet name of the internet gateway it is attached to
/// @param backbone name of the backbone gateway it is attached to
/// @param subnets narrower ranges by purpose, in order; empty when the whole CIDR is one
public record Vpc(
    String name,
    Cidr cidr,
    int mtu,
    Optional<String> internet,
    Optional<String> backbone,
    List<Subnet> subnets,
    Origins origins) {
  /// A named part of the CIDR.
  public record Subnet(String name, Cidr cidr, Origins origins) {}

  public Vpc {
    subnets = List.copyOf(subnets);
  }
}
