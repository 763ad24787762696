package io.gops.network.trace;

import io.gops.fleet.Ipv4;
import io.gops.network.LoginGroup;
import io.gops.network.Member;

/// One end of a traced connection.
public sealed interface TracedEnd {
  /// As it was asked for.
  String text();

  /// What stands for it, for messages.
  String name();

  /// A server.
  ///
  /// @param alike servers that the same words mean, this one included
  record Server(String text, Member member, int alike) implements TracedEnd {
    @Override
    public String name() {
      return member.id();
    }
  }

  /// The login address of a pair.
  record Login(String text, LoginGroup login) implements TracedEnd {
    @Override
    public String name() {
      return "the login address of " + login.group();
    }
  }

  /// An address that no server has.
  record Outside(String text, Ipv4 address) implements TracedEnd {
    @Override
    public String name() {
      return text;
    }
  }
}
