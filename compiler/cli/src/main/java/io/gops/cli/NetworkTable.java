package io.gops.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.diagnostic.Palette;
import io.gops.fleet.Fleet;
import io.gops.network.NetworkMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// The ways to give pods a network, beside each other, for a terminal and for programs.
final class NetworkTable {
  private NetworkTable() {}

  static List<String> lines(Fleet fleet, Palette palette) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        palette.strong(
            line("network", "router routes", "neighbours", "left", "policy", "cannot give")));
    for (NetworkMode mode : NetworkMode.of(fleet)) {
      boolean isChosen = mode.name().equals(fleet.cluster().cni().word());
      lines.add(
          line(
              (isChosen ? "* " : "  ") + mode.name(),
              of(mode.routes(), fleet.cluster().maxRoutes()),
              of(mode.neighbours(), fleet.cluster().maxNeighbours()),
              mode.left().isPresent() ? Long.toString(mode.left().getAsLong()) : "-",
              mode.policy(),
              String.join(", ", mode.gaps())));
    }
    return lines;
  }

  /// Entries, and out of how many where somebody has said it: `408 of 12000`.
  private static String of(long entries, OptionalLong most) {
    return most.isEmpty() ? Long.toString(entries) : entries + " of " + most.getAsLong();
  }

  private static String line(
      String name, String routes, String neighbours, String left, String policy, String gap) {
    return String.format(
            Locale.ROOT,
            "%-10s %15s %15s %9s  %-14s %s",
            name,
            routes,
            neighbours,
            left,
            policy,
            gap)
        .stripTrailing();
  }

  static void write(Collection<Fleet> fleets, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("networks");
    for (Fleet fleet : fleets) {
      for (NetworkMode mode : NetworkMode.of(fleet)) {
        json.writeStartObject();
        json.writeStringField("environment", fleet.environment());
        json.writeStringField("cni", mode.name());
        json.writeNumberField("routes", mode.routes());
        json.writeNumberField("neighbours", mode.neighbours());
        write(json, "maxRoutes", fleet.cluster().maxRoutes());
        write(json, "maxNeighbours", fleet.cluster().maxNeighbours());
        write(json, "addressesLeft", mode.left());
        json.writeStringField("policy", mode.policy());
        json.writeStringField("cannotGive", String.join(", ", mode.gaps()));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, String name, OptionalLong number)
      throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(name, number.getAsLong());
    }
  }
}
