package io.gops.deployment;

import io.gops.fleet.Ipv4;

/// A port in a VPC with an address that stays when the pod moves.
///
/// @param id `clx-10001-a/0`, unique in the fleet
/// @param vpc name of the VPC
/// @param mac derived from the address, equal in each VPC that uses it
/// @param ofport OpenFlow port number on whichever host it is on; 0 for virtual addresses
public record Nic(String id, String vpc, Ipv4 address, String mac, int ofport) {
  /// The MAC address that belongs to an IPv4 address: locally administered, prefix `0a:58`.
  public static String macOf(Ipv4 address) {
    StringBuilder mac = new StringBuilder(17).append("0a:58");
    for (int shift = 24; shift >= 0; shift -= 8) {
      int octet = (int) (address.value() >> shift & 255);
      mac.append(':')
          .append(Character.forDigit(octet >> 4, 16))
          .append(Character.forDigit(octet & 15, 16));
    }
    return mac.toString();
  }
}
