package io.gops.network;

import io.gops.fleet.Gateway;
import io.gops.fleet.Ipv4;
import java.util.SortedMap;

/// That a VPC is joined to a gateway.
///
/// @param reach what the VPC's members find behind the gateway; never an address of the VPC
/// @param translated by gateway node: the address that members appear with. Empty when packets
///     keep their addresses, which is possible while no other VPC at this gateway uses the same
public record Attachment(
    GatewayGroup gateway, AddressSet reach, SortedMap<String, Ipv4> translated) {
  public boolean isTranslated() {
    return !translated.isEmpty() || gateway.gateway().kind() == Gateway.Kind.INTERNET;
  }
}
