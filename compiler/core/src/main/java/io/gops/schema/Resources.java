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

  /// Measured points for each of these resources.
  static List<Attribute> points(Resource... resources) {
    return Arrays.stream(resources)
        .map(
            r ->
                attribute(
                        r.word(),
                        new Type.Points(Types.COUNT, type(r), curve(r)),
                        noun(r) + " with so many players online, all of it.")
                    .like(curve(r)))
        .toList();
  }

  private static String curve(Resource resource) {
    List<String> amounts =
        switch (resource) {
          case CPU -> List.of("500mcores", "2cores", "6cores");
          case MEMORY, DISK -> List.of("2Gi", "6Gi", "9Gi");
          case EGRESS -> List.of("0bps", "20Mbps", "90Mbps");
          case PACKETS -> List.of("0pps", "20kpps", "90kpps");
          case CONNECTIONS, PODS, PORTS, ADDRESSES -> List.of("0", "500", "3000");
        };
    return "[0 -> %s, 500 -> %s, 3000 -> %s]"
        .formatted(amounts.get(0), amounts.get(1), amounts.get(2));
  }

  private static Type type(Resource resource) {
    return switch (resource) {
      case CPU -> Types.CPU;
      case MEMORY, DISK -> Types.MEMORY;
      case EGRESS -> Types.BANDWIDTH;
      case PACKETS -> Types.PACKETS;
      case CONNECTIONS, PODS, PORTS, ADDRESSES -> new Type.Whole(0, Long.MAX_VALUE);
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
      case PORTS -> "Ports";
      case ADDRESSES -> "Addresses for pods";
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
      case PORTS -> "ports";
      case ADDRESSES -> "addresses for pods";
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
      case PORTS -> "1001";
      case ADDRESSES -> "254";
      case DISK -> "200Gi";
    };
  }
}
