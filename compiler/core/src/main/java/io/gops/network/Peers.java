package io.gops.network;

import io.gops.fleet.Cidr;
import java.util.List;
import java.util.Optional;

/// One end of a rule, seen from one VPC: members of it, or addresses behind one of its gateways.
///
/// @param text as the source writes it
/// @param members in order of their names
/// @param whole whether all members are meant, also those to come
/// @param outside addresses that are not of the VPC
/// @param gateway name of the gateway that leads to `outside`
public record Peers(
    String text,
    List<Member> members,
    boolean whole,
    AddressSet outside,
    Optional<String> gateway) {
  public Peers {
    members = List.copyOf(members);
  }

  static Peers none(String text) {
    return new Peers(text, List.of(), false, AddressSet.NONE, Optional.empty());
  }

  public boolean isEmpty() {
    return members.isEmpty() && outside.isEmpty();
  }

  /// The prefixes of all of them, as a flow matches them.
  ///
  /// @param cidr of the VPC, which stands for its members when all are meant
  public List<Cidr> prefixes(Cidr cidr) {
    return whole ? List.of(cidr) : members.isEmpty() ? outside.prefixes() : addresses(members);
  }

  private static List<Cidr> addresses(List<Member> members) {
    return members.stream().map(Member::prefix).sorted().toList();
  }
}
