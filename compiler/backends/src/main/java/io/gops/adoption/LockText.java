package io.gops.adoption;

import io.gops.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is assigned already: the addresses and port numbers of servers that run in a VPC. A lock
/// with them keeps the compiler from assigning others.
final class LockText {
  private LockText() {}

  /// The records by key; empty where nothing is in a VPC.
  ///
  /// @param names under which name each set comes back
  static SortedMap<String, String> of(
      List<ServerSet> sets, Map<String, String> names, ClusterObjects objects) {
    SortedMap<String, String> records = new TreeMap<>();
    for (ServerSet set : sets) {
      String name = names.getOrDefault(set.key(), set.name()) + "/0";
      Optional<String> vpc = ZoneText.vpc(set);
      Optional<Manifest> attachment =
          objects.find(
              "NetworkAttachmentDefinition", set.manifest().namespace(), set.manifest().name());
      if (vpc.isPresent() && attachment.isPresent()) {
        VpcText.address(set)
            .map(address -> address.replaceFirst("/.*", ""))
            .flatMap(LockText::number)
            .ifPresent(
                number ->
                    records.put("address vpc/" + vpc.get() + " " + name, Long.toString(number)));
        ofport(attachment.get())
            .ifPresent(
                port -> records.put("ofport pool/imported.std " + name, Long.toString(port)));
      }
    }
    return records;
  }

  private static Optional<Long> number(String address) {
    if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
      return Optional.empty();
    }
    long number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number * 256 + Long.parseLong(part);
    }
    return Optional.of(number);
  }

  private static Optional<Long> ofport(Manifest attachment) {
    try {
      Json config = Json.parse(attachment.text("spec", "config").orElse("{}"));
      return Manifest.number(config, "ofport_request");
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }
}
