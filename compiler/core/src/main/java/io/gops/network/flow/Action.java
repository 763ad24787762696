package io.gops.network.flow;

import io.gops.fleet.Ipv4;
import java.util.List;
import java.util.Optional;

/// One step of what a flow does; a flow without actions drops the packet.
public sealed interface Action {
  /// Writes a constant.
  record SetField(Field field, long value) implements Action {}

  /// Copies one field to another, see [Field#bits].
  record Move(Field from, Field to) implements Action {}

  /// Saves a field on the stack.
  record Push(Field field) implements Action {}

  /// Restores the last saved value into a field.
  record Pop(Field field) implements Action {}

  /// Decrements the time to live; a packet that has none left is dropped.
  record DecTtl() implements Action {}

  /// Passes the packet through conntrack in the zone of its VPC.
  ///
  /// @param commit whether the connection is remembered
  /// @param next table in which the packet continues as tracked; absent to go on with this flow
  /// @param exec what is written to the connection, when it is remembered
  record Conntrack(boolean commit, Optional<FlowTable> next, Nat nat, List<Move> exec)
      implements Action {
    public Conntrack {
      exec = List.copyOf(exec);
    }
  }

  /// Counts the packet against a rate, and drops it beyond.
  record Meter(long id) implements Action {}

  /// Lets the packet wait in a queue of the uplink, whichever port it leaves by later.
  record SetQueue(long id) implements Action {}

  /// Continues in a later table.
  record GotoTable(FlowTable table) implements Action {}

  /// Continues with one bucket of a group.
  record Group(long id) implements Action {}

  /// One dimension of a conjunctive match has matched (ovs-fields(7), CONJUNCTIVE MATCH FIELDS).
  ///
  /// @param clause from 1 to `of`
  record Conjunction(long id, int clause, int of) implements Action {}

  /// Sends the packet to a port.
  record Output(int port) implements Action {}

  /// Sends the packet to the port that a register names.
  record OutputRegister(Field field) implements Action {}

  /// Sends the packet back to where it came from.
  record OutputInPort() implements Action {}

  /// What conntrack does to addresses.
  sealed interface Nat {
    /// Nothing.
    record None() implements Nat {}

    /// What the connection has been given before.
    record Restore() implements Nat {}

    /// Replaces the source address.
    record Source(Ipv4 address) implements Nat {}

    /// Replaces the destination address.
    record Destination(Ipv4 address) implements Nat {}
  }
}
