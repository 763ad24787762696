package io.gops.network.verify;

import static io.gops.network.flow.ConnectionState.EST;
import static io.gops.network.flow.ConnectionState.NEW;
import static io.gops.network.flow.ConnectionState.RPL;
import static io.gops.network.flow.ConnectionState.TRK;

import io.gops.fleet.Ipv4;
import java.util.Optional;

/// What conntrack says of a packet: an input of the walk, because it depends on earlier packets.
///
/// @param state flags of [io.gops.network.flow.ConnectionState]
/// @param mark rule that permitted the connection
/// @param label tunnel end that the connection came from
/// @param source replaces the source address, as the connection's translation demands
/// @param destination replaces the destination address
record Tracking(
    long state, long mark, long label, Optional<Ipv4> source, Optional<Ipv4> destination) {
  /// The mark of a rule that still is; the ids of rules are smaller.
  private static final long SOME_RULE = 0xFFFF_FFFFL;

  /// The first packet of a connection.
  static final Tracking FIRST = plain(NEW.bit() | TRK.bit(), 0, 0);

  /// A later packet of a connection that no rule has permitted.
  static final Tracking UNPERMITTED = plain(EST.bit() | TRK.bit(), 0, 0);

  /// A later packet of a permitted connection, in the direction in which it was opened.
  static final Tracking LATER = plain(EST.bit() | TRK.bit(), SOME_RULE, 0);

  /// A reply of a permitted connection.
  static Tracking reply(long label) {
    return plain(EST.bit() | RPL.bit() | TRK.bit(), SOME_RULE, label);
  }

  /// A later packet of a connection that a rule permitted which is gone.
  static Tracking revoked(long mark) {
    return plain(EST.bit() | TRK.bit(), mark, 0);
  }

  /// A reply of such a connection.
  static Tracking revokedReply(long mark) {
    return plain(EST.bit() | RPL.bit() | TRK.bit(), mark, 0);
  }

  Tracking withSource(Ipv4 address) {
    return new Tracking(state, mark, label, Optional.of(address), destination);
  }

  Tracking withDestination(Ipv4 address) {
    return new Tracking(state, mark, label, source, Optional.of(address));
  }

  private static Tracking plain(long state, long mark, long label) {
    return new Tracking(state, mark, label, Optional.empty(), Optional.empty());
  }
}
