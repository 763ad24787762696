package io.gops.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.diagnostic.Palette;
import io.gops.fleet.Fleet;
import io.gops.outlook.NetworkMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

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
      boolean isChosen = mode.name().equals(fleet.cluster().cni().name().toLowerCase(Locale.ROOT));
      lines.add(
          line(
              (isChosen ? "* " : "  ") + mode.name(),
              Long.toString(mode.routes()),
              Long.toString(mode.addresses()),
              mode.left().isPresent() ? Long.toString(mode.left().getAsLong()) : "-",
              mode.policy(),
              mode.gap()));
    }
    return lines;
  }

  private static String line(
      String name, String routes, String neighbours, String left, String policy, String gap) {
    return String.format(
            Locale.ROOT,
            "%-10s %13s %11s %9s  %-14s %s",
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
        json.writeNumberField("neighbours", mode.addresses());
        if (mode.left().isPresent()) {
          json.writeNumberField("addressesLeft", mode.left().getAsLong());
        }
        json.writeStringField("policy", mode.policy());
        json.writeStringField("cannotGive", mode.gap());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }
}
