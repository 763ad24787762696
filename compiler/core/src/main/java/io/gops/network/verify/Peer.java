package io.gops.network.verify;

import io.gops.fleet.Ipv4;
import io.gops.network.Member;

/// One end of a connection.
public sealed interface Peer {
  /// The address it has, seen from inside the VPC.
  Ipv4 address();

  /// For messages.
  String name();

  /// A server of the VPC.
  record Server(Member member) implements Peer {
    @Override
    public Ipv4 address() {
      return member.address();
    }

    @Override
    public String name() {
      return member.id();
    }
  }

  /// An address that no server of the VPC has: behind a gateway, or nowhere.
  record Outside(Ipv4 address) implements Peer {
    @Override
    public String name() {
      return address.toString();
    }
  }
}
