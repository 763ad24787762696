package io.gops.adoption;

import io.gops.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The VPCs that generated pods are in, from their network attachments. What flow tables allow
/// stands in no manifest.
final class VpcText {
  private VpcText() {}

  static String of(List<ServerSet> sets, ClusterObjects objects) {
    SortedMap<String, String> vpcs = new TreeMap<>();
    for (ServerSet set : sets) {
      ZoneText.vpc(set)
          .ifPresent(
              vpc ->
                  vpcs.computeIfAbsent(
                      vpc,
                      _ ->
                          objects
                              .find(
                                  "NetworkAttachmentDefinition",
                                  set.manifest().namespace(),
                                  set.name())
                              .flatMap(definition -> body(set, definition))
                              .orElse("  cidr = 10.64.0.0/16\n")));
    }
    StringBuilder text = new StringBuilder();
    vpcs.forEach(
        (name, body) ->
            text.append("vpc ")
                .append(Spelled.label(name))
                .append(" {\n")
                .append(body)
                .append("}\n\n"));
    return text.toString();
  }

  private static Optional<String> body(ServerSet set, Manifest definition) {
    try {
      Json config = Json.parse(definition.text("spec", "config").orElse("{}"));
      String mtu =
          Manifest.number(config, "mtu").map(bytes -> "  mtu = " + bytes + "\n").orElse("");
      return address(set)
          .flatMap(address -> prefix(address, config))
          .map(cidr -> "  cidr = " + cidr + "\n" + mtu);
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /// `10.64.151.78/16` of the request for an attachment.
  static Optional<String> address(ServerSet set) {
    Optional<String> request =
        Manifest.members(set.template(), "metadata", "annotations").entrySet().stream()
            .filter(
                entry ->
                    entry.getKey().endsWith("cni.io/default-network")
                        || entry.getKey().endsWith("cncf.io/networks"))
            .flatMap(
                entry ->
                    entry.getValue() instanceof Json.Text(String t) ? Stream.of(t) : Stream.empty())
            .findFirst();
    if (request.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<Json> networks = Manifest.items(Json.parse(request.get()));
      return networks.isEmpty()
          ? Optional.empty()
          : Manifest.texts(networks.getFirst(), "ips").stream().findFirst();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /// The gateway of a VPC is the address behind its first one.
  private static Optional<String> prefix(String address, Json config) {
    String length = address.replaceFirst("^.*/", "");
    return Manifest.items(config, "ipam", "routes").stream()
        .flatMap(route -> Manifest.text(route, "gw").stream())
        .filter(gateway -> gateway.matches("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]*[13579]"))
        .findFirst()
        .map(
            gateway -> {
              int dot = gateway.lastIndexOf('.');
              int last = Integer.parseInt(gateway.substring(dot + 1));
              return gateway.substring(0, dot + 1) + (last - 1) + "/" + length;
            });
  }
}
