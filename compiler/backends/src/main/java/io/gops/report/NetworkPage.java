package io.gops.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.deployment.Deployment;
import io.gops.fleet.Cidr;
import io.gops.fleet.Fleet;
import io.gops.fleet.Gateway;
import io.gops.fleet.Limits;
import io.gops.fleet.Policy;
import io.gops.fleet.Resource;
import io.gops.layout.Layouts;
import io.gops.layout.ScriptData;
import io.gops.network.Overlay;
import io.gops.network.verify.Verification;
import io.gops.source.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A page with a picture and a matrix of each VPC: who may talk to whom, through which gateway, by
/// which rule. One file without anything from elsewhere; a script draws the VPCs in sight.
final class NetworkPage {
  private NetworkPage() {}

  static String html(
      Fleet fleet, Deployment deployment, Overlay overlay, Verification verification) {
    List<NetworkMap.Part> parts = NetworkMap.of(deployment, overlay);
    int servers = overlay.vpcs().values().stream().mapToInt(vpc -> vpc.members().size()).sum();
    return Layouts.html(
        "network.html.ftl",
        Map.of(
            "fleet",
            fleet.name(),
            "environment",
            fleet.environment(),
            "vpcs",
            parts.size(),
            "servers",
            servers,
            "flows",
            verification.flows(),
            "nodes",
            verification.nodes(),
            "packets",
            verification.packets(),
            "data",
            Layouts.scriptData(ScriptData.print(json -> write(parts, deployment, json)))));
  }

  private static void write(List<NetworkMap.Part> parts, Deployment deployment, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("gateways");
    for (Gateway gateway : deployment.gateways().values()) {
      json.writeObjectFieldStart(gateway.name());
      json.writeBooleanField("internet", gateway.kind() == Gateway.Kind.INTERNET);
      json.writeStringField("about", about(gateway));
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("vpcs");
    for (NetworkMap.Part part : parts) {
      write(part, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String about(Gateway gateway) {
    List<String> words = new ArrayList<>();
    int nodes = gateway.nodes().size();
    words.add(nodes + (nodes == 1 ? " machine" : " machines"));
    List<Cidr> prefixes =
        gateway.kind() == Gateway.Kind.INTERNET ? gateway.addresses() : gateway.prefixes();
    if (!prefixes.isEmpty()) {
      words.add(prefixes.stream().map(Cidr::toString).collect(Collectors.joining(" ")));
    }
    Limits limits = gateway.limits();
    limits.egress().ifPresent(bits -> words.add("out ≤ " + Resource.EGRESS.print(bits)));
    limits.ingress().ifPresent(bits -> words.add("in ≤ " + Resource.EGRESS.print(bits)));
    return String.join(", ", words);
  }

  private static void write(NetworkMap.Part part, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", part.vpc().name());
    json.writeStringField("cidr", part.vpc().vpc().cidr().toString());
    json.writeNumberField("vni", part.vpc().vni());
    json.writeArrayFieldStart("gateways");
    for (String gateway : part.gateways()) {
      json.writeString(gateway);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("parties");
    for (NetworkMap.Party party : part.parties()) {
      json.writeStartObject();
      json.writeStringField("label", party.label());
      json.writeStringField("kind", party.kind().name().toLowerCase(Locale.ROOT));
      json.writeNumberField("servers", party.servers());
      json.writeStringField("gateway", party.gateway());
      json.writeStringField("zones", String.join(" ", party.zones()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("cells");
    for (List<NetworkMap.Cell> row : part.cells()) {
      json.writeStartArray();
      for (NetworkMap.Cell cell : row) {
        write(cell, json);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(NetworkMap.Cell cell, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("open");
    for (var entry : cell.open().entrySet()) {
      json.writeStartArray();
      json.writeString(entry.getKey());
      json.writeString(text(entry.getValue()));
      json.writeString(at(entry.getValue().place()));
      json.writeEndArray();
    }
    json.writeEndArray();
    if (cell.denies().isPresent()) {
      json.writeArrayFieldStart("denies");
      json.writeString(text(cell.denies().get()));
      json.writeString(at(cell.denies().get().place()));
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static String text(Policy.Rule rule) {
    return rule.place().text().strip().replaceAll("\\s+", " ");
  }

  private static String at(Place place) {
    return place.file().path() + ":" + place.line();
  }
}
