package io.gops.schema;

import static io.gops.schema.Attribute.attribute;

import io.gops.fleet.Resource;
import java.util.Arrays;
import java.util.List;

/// The attributes that name resources, the same words wherever resources are spoken of.
final class Resources {
  private Resources() {}

  /// One amount for each of these resources.
  ///
  /// @param meaning completes "CPU …": `that the machine has`
  static List<Attribute> amounts(String meaning, Resource... resources) {
    return Arrays.stream(resources)
        .map(r -> attribute(r.word(), type(r), noun(r) + " " + meaning + ".").like(example(r)))
        .toList();
  }

  /// One share for each of these resources.
  static List<Attribute> shares(String meaning, Resource... resources) {
    return Arrays.stream(resources)
        .map(
            r -> attribute(r.word(), Types.SHARE, "Share of the " + lower(r) + " " + meaning + "."))
        .toList();
  }

  private static Type type(Resource resource) {
    return switch (resource) {
      case CPU -> Types.CPU;
      case MEMORY, DISK -> Types.MEMORY;
      case EGRESS -> Types.BANDWIDTH;
      case PACKETS -> Types.PACKETS;
      case CONNECTIONS, PODS -> new Type.Whole(0, Long.MAX_VALUE);
    };
  }

  private static String noun(Resource resource) {
    return switch (resource) {
      case CPU -> "CPU";
      case MEMORY -> "Memory";
      case EGRESS -> "Outgoing bandwidth";
      case PACKETS -> "Packets per second, both directions,";
      case CONNECTIONS -> "Tracked connections";
      case PODS -> "Pods";
      case DISK -> "Local disk";
    };
  }

  private static String lower(Resource resource) {
    return switch (resource) {
      case CPU -> "CPU";
      case MEMORY -> "memory";
      case EGRESS -> "outgoing bandwidth";
      case PACKETS -> "packet rate";
      case CONNECTIONS -> "connections";
      case PODS -> "pods";
      case DISK -> "local disk";
    };
  }

  private static String example(Resource resource) {
    return switch (resource) {
      case CPU -> "2cores";
      case MEMORY -> "6Gi";
      case EGRESS -> "10Gbps";
      case PACKETS -> "800kpps";
      case CONNECTIONS -> "1000000";
      case PODS -> "110";
      case DISK -> "200Gi";
    };
  }
}
