package io.gops.network.trace;

import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowTable;
import io.gops.network.verify.Service;
import io.gops.source.Place;
import java.util.List;
import java.util.Optional;

/// The way of the first packet of a connection, and what came of it.
///
/// @param vpc the VPC whose policy judges it; absent when the ends are in different ones
/// @param hops the nodes it passed
/// @param isDelivered whether it reached the other end
/// @param verdict what came of it, in one sentence
/// @param remarks what else is worth knowing
public record TracedPath(
    TracedEnd from,
    TracedEnd to,
    Optional<String> vpc,
    Service service,
    List<Hop> hops,
    boolean isDelivered,
    String verdict,
    List<String> remarks,
    Optional<Advice> advice) {
  public TracedPath {
    hops = List.copyOf(hops);
    remarks = List.copyOf(remarks);
  }

  /// A node on the way.
  public record Hop(String node, List<Step> steps) {
    public Hop {
      steps = List.copyOf(steps);
    }
  }

  /// A table that the packet met.
  ///
  /// @param says what it did, in the words of the source
  /// @param flow what matched; absent when nothing did
  public record Step(FlowTable table, String says, Optional<Flow> flow) {}

  /// What would have to change for the packet to arrive.
  ///
  /// @param sentence what to do
  /// @param rule the line to write, if a line is enough
  /// @param place where to write it, or what stands in the way
  public record Advice(String sentence, Optional<String> rule, Optional<Place> place) {
    static Advice of(String sentence, Place place) {
      return new Advice(sentence, Optional.empty(), Optional.of(place));
    }

    static Advice of(String sentence) {
      return new Advice(sentence, Optional.empty(), Optional.empty());
    }
  }
}
