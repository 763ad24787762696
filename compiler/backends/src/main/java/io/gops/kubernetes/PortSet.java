package io.gops.kubernetes;

import io.gops.fleet.Port.Protocol;
import io.gops.fleet.Ports;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Ports by protocol, and whether protocols without ports belong to it too.
///
/// @param tcp port numbers
/// @param udp port numbers
/// @param others every other protocol
record PortSet(BitSet tcp, BitSet udp, boolean others) {
  static final int LAST = 65_535;

  static final PortSet NONE = new PortSet(new BitSet(), new BitSet(), false);

  PortSet {
    tcp = (BitSet) tcp.clone();
    udp = (BitSet) udp.clone();
  }

  /// A run of ports, both ends included.
  record Range(Protocol protocol, int first, int last) {}

  static PortSet all() {
    BitSet every = new BitSet();
    every.set(1, LAST + 1);
    return new PortSet(every, every, true);
  }

  static PortSet of(Ports ports) {
    if (ports.any()) {
      return all();
    }
    BitSet tcp = new BitSet();
    BitSet udp = new BitSet();
    for (Ports.Match match : ports.ports()) {
      (match.protocol() == Protocol.TCP ? tcp : udp).set(match.number());
    }
    return new PortSet(tcp, udp, false);
  }

  boolean isEmpty() {
    return tcp.isEmpty() && udp.isEmpty() && !others;
  }

  boolean isAll() {
    return others && tcp.cardinality() == LAST && udp.cardinality() == LAST;
  }

  PortSet and(PortSet other) {
    PortSet result = new PortSet(tcp, udp, others && other.others);
    result.tcp.and(other.tcp);
    result.udp.and(other.udp);
    return result;
  }

  PortSet plus(PortSet other) {
    PortSet result = new PortSet(tcp, udp, others || other.others);
    result.tcp.or(other.tcp);
    result.udp.or(other.udp);
    return result;
  }

  PortSet minus(PortSet other) {
    PortSet result = new PortSet(tcp, udp, others && !other.others);
    result.tcp.andNot(other.tcp);
    result.udp.andNot(other.udp);
    return result;
  }

  /// The ports as runs, TCP first, ascending.
  List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    addRanges(Protocol.TCP, tcp, ranges);
    addRanges(Protocol.UDP, udp, ranges);
    return ranges;
  }

  private static void addRanges(Protocol protocol, BitSet ports, List<Range> ranges) {
    int first = ports.nextSetBit(0);
    while (first >= 0) {
      int end = ports.nextClearBit(first);
      ranges.add(new Range(protocol, first, end - 1));
      first = ports.nextSetBit(end);
    }
  }
}
