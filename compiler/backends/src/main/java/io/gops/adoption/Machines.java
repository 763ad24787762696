package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The machines of an imported fleet: the Nodes of the cluster where they were given with what they
/// hold, otherwise as many as the servers need, and a comment that they are made up.
final class Machines {
  private static final long CORES_OF_HOST = 64_000;
  private static final long MEMORY_OF_HOST = 256L << 30;
  private static final int MOST_HOSTS = 250;

  private Machines() {}

  /// The declaration of the site.
  static String text(List<ServerSet> sets, ClusterObjects objects) {
    List<String> known = objects.of("Node").stream().flatMap(node -> host(node).stream()).toList();
    return known.isEmpty()
        ? madeUp(sets, objects)
        : "site imported {\n  pool std {\n" + String.join("", known) + "  }\n}\n\n";
  }

  /// Whether an object is a Node of which a host is made.
  static boolean isHost(Manifest manifest) {
    return manifest.kind().equals("Node") && host(manifest).isPresent();
  }

  /// Absent for a Node that does not say what it holds.
  private static Optional<String> host(Manifest node) {
    Optional<Long> cpu =
        node.at("status", "capacity", "cpu").flatMap(amount -> Quantity.of(amount, "cpu"));
    Optional<Long> memory =
        node.at("status", "capacity", "memory").flatMap(amount -> Quantity.of(amount, "memory"));
    Optional<String> address =
        Manifest.items(node.content(), "status", "addresses").stream()
            .filter(entry -> Manifest.text(entry, "type").orElse("").equals("InternalIP"))
            .flatMap(entry -> Manifest.text(entry, "address").stream())
            .filter(text -> text.matches("[0-9]+(\\.[0-9]+){3}"))
            .findFirst();
    if (cpu.isEmpty() || memory.isEmpty() || address.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    lines.add("    host " + Spelled.label(node.name()) + " {\n");
    lines.add("      underlay = " + address.get() + "\n");
    lines.add("      cpu = " + cpu.get() + "mcores\n");
    lines.add("      memory = " + Quantity.memory(memory.get()) + "\n");
    node.at("status", "capacity", "pods")
        .flatMap(pods -> Quantity.of(pods, "pods"))
        .ifPresent(pods -> lines.add("      pods = " + pods + "\n"));
    lines.add("    }\n");
    return Optional.of(String.join("", lines));
  }

  private static String madeUp(List<ServerSet> sets, ClusterObjects objects) {
    long cpu = 0;
    long memory = 0;
    long pods = 0;
    long apart = 0;
    for (ServerSet set : sets) {
      long servers = Math.max(AutoscaleText.most(set, objects), Math.max(1, set.replicas()));
      apart = Math.max(apart, servers);
      pods += servers;
      for (Json container : set.containers()) {
        cpu += amount(container, "cpu") * servers;
        memory += amount(container, "memory") * servers;
      }
    }
    long wanted =
        2 + Math.max(pods / 40, Math.max(cpu * 2 / CORES_OF_HOST, memory * 2 / MEMORY_OF_HOST));
    long hosts = Math.min(MOST_HOSTS, Math.max(wanted, apart + 1));
    long larger = Math.ceilDiv(wanted, MOST_HOSTS);
    return "// Made up: as many machines as these servers need twice. Write yours instead, or import the\n"
        + "// Nodes of the cluster as well.\n"
        + "site imported {\n  pool std {\n    hosts 1.."
        + hosts
        + " {\n      name     = \"host-${n}\"\n      underlay = 10.255.0.1..10.255.0."
        + hosts
        + "\n      cpu      = "
        + 64 * larger
        + "cores\n      memory   = "
        + 256 * larger
        + "Gi\n    }\n  }\n}\n\n";
  }

  private static long amount(Json container, String resource) {
    return Manifest.at(container, "resources", "requests", resource)
        .or(() -> Manifest.at(container, "resources", "limits", resource))
        .flatMap(value -> Quantity.of(value, resource))
        .orElse(0L);
  }
}
