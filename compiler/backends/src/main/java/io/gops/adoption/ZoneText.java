package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// What `zones` says of one zone besides its number: from its sets, and from the objects that scale
/// and guard them.
final class ZoneText {
  private final AdoptedZone zone;
  private final ClusterObjects objects;
  private final List<String> lines = new ArrayList<>();

  private ZoneText(AdoptedZone zone, ClusterObjects objects) {
    this.zone = zone;
    this.objects = objects;
  }

  /// The lines inside of the braces.
  static List<String> of(AdoptedZone zone, ClusterObjects objects) {
    ZoneText text = new ZoneText(zone, objects);
    text.write();
    return text.lines;
  }

  private void write() {
    zone.liveSets().values().stream()
        .flatMap(set -> vpc(set).or(() -> ruled(set)).stream())
        .findFirst()
        .ifPresent(vpc -> lines.add("vpc = " + Spelled.label(vpc)));
    counter().ifPresent(players -> lines.add("players = " + players));
    if (zone.isPaired()) {
      lines.add(
          "pair { initial = "
              + zone.live()
              + ", standby = "
              + (zone.runsBothSides() ? "warm" : "stopped")
              + ", switch = directory }");
    }
    disruption();
    zone.liveSets()
        .forEach(
            (role, set) -> {
              List<String> settings = new ArrayList<>();
              pace(set, settings);
              AutoscaleText.of(set, objects).ifPresent(settings::addAll);
              servers(set, settings);
              if (role.isEmpty()) {
                lines.addAll(settings);
              } else if (!settings.isEmpty()) {
                lines.add("role " + Spelled.label(role) + " {");
                settings.forEach(setting -> lines.add("  " + setting));
                lines.add("}");
              }
            });
  }

  /// Servers of which policies speak have to be in a VPC.
  private Optional<String> ruled(ServerSet set) {
    return set.isOfAgones() || !PolicyText.speaksOf(set, objects)
        ? Optional.empty()
        : Optional.of(PolicyText.VPC);
  }

  /// The VPC that a generated pod is in.
  static Optional<String> vpc(ServerSet set) {
    return Manifest.text(set.template(), "metadata", "labels", "gops.dev/vpc");
  }

  /// Agones counts the players of a server.
  private Optional<Long> counter() {
    return zone.liveSets().values().stream()
        .filter(ServerSet::isOfAgones)
        .flatMap(
            set ->
                Manifest.number(
                    set.manifest().content(),
                    "spec",
                    "template",
                    "spec",
                    "counters",
                    "players",
                    "capacity")
                    .map(each -> each * Math.max(1, set.replicas()))
                    .stream())
        .findFirst();
  }

  private void disruption() {
    zone.liveSets().values().stream()
        .flatMap(
            set ->
                objects
                    .of(
                        "PodUnavailableBudget",
                        set,
                        "spec",
                        "selector",
                        "matchLabels",
                        "game.kruise.io/owner-gss")
                    .stream())
        .findFirst()
        .flatMap(ZoneText::disruption)
        .ifPresent(lines::add);
  }

  private static Optional<String> disruption(Manifest budget) {
    List<String> against = new ArrayList<>();
    String operations =
        budget.text("metadata", "annotations", "kruise.io/pub-protect-operations").orElse("");
    for (String word : new TreeSet<>(List.of(operations.split(",", -1)))) {
      switch (word.strip().toUpperCase(Locale.ROOT)) {
        case "EVICT" -> against.add("eviction");
        case "DELETE" -> against.add("deletion");
        case "UPDATE" -> against.add("update");
        default -> {
          // What it guards against is not known to the language; the report shows the annotation.
        }
      }
    }
    if (operations.isEmpty()) {
      against.addAll(List.of("eviction", "deletion", "update"));
    }
    return Manifest.number(budget.content(), "spec", "maxUnavailable")
        .map(
            most ->
                "disruption { at_most = "
                    + most
                    + ", against = ["
                    + String.join(", ", against)
                    + "] }");
  }

  private static void pace(ServerSet set, List<String> to) {
    Json rolling =
        set.manifest().at("spec", "updateStrategy", "rollingUpdate").orElse(Json.object().end());
    List<String> words = new ArrayList<>();
    Manifest.number(rolling, "maxUnavailable")
        .filter(most -> most > 1)
        .ifPresent(most -> words.add("at_once = " + most));
    Manifest.number(rolling, "minReadySeconds")
        .filter(seconds -> seconds > 0)
        .ifPresent(seconds -> words.add("settle = " + seconds + "s"));
    Manifest.number(rolling, "inPlaceUpdateStrategy", "gracePeriodSeconds")
        .filter(seconds -> seconds > 0)
        .ifPresent(seconds -> words.add("notice = " + seconds + "s"));
    if (!words.isEmpty() && !set.isOfAgones()) {
      to.add("update { " + String.join(", ", words) + " }");
    }
  }

  /// A GameServer that exists says nothing when nobody told it anything.
  private void servers(ServerSet set, List<String> to) {
    for (Manifest server : objects.of("GameServer")) {
      String prefix = set.name() + "-";
      boolean isOfSet =
          server.namespace().equals(set.manifest().namespace())
              && server.name().startsWith(prefix)
              && server.name().substring(prefix.length()).matches("[0-9]{1,4}");
      String told = ProbeText.told(server.at("spec").orElse(Json.object().end()));
      if (isOfSet && !told.isEmpty()) {
        to.add("servers " + server.name().substring(prefix.length()) + " { " + told + " }");
      }
    }
  }
}
