package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// A game of an imported fleet: zones whose sets say the same.
final class ImportedGame {
  private final String namespace;
  private final String game;
  private final SortedMap<String, Wording> roles;
  private final SortedMap<Integer, AdoptedZone> numbered = new TreeMap<>();
  private final Map<SortedMap<String, String>, String> versions = new LinkedHashMap<>();
  private final SortedMap<Integer, String> runs = new TreeMap<>();
  private String label = "";

  ImportedGame(AdoptedZone zone, int id, SortedMap<String, Wording> said) {
    this.namespace = zone.namespace();
    this.game = zone.game();
    this.roles = new TreeMap<>(said);
    number(zone, id);
  }

  String game() {
    return game;
  }

  String label() {
    return label;
  }

  /// By number.
  SortedMap<Integer, AdoptedZone> zones() {
    return Collections.unmodifiableSortedMap(numbered);
  }

  private AdoptedZone anyZone() {
    return numbered.values().iterator().next();
  }

  void named(String name) {
    this.label = name;
  }

  /// Its servers by role and side, as rules name them.
  List<PolicyText.Servers> servers() {
    SortedMap<String, List<ServerSet>> kinds = new TreeMap<>();
    for (AdoptedZone zone : numbered.values()) {
      zone.roles()
          .forEach(
              (role, sides) ->
                  sides.forEach(
                      (side, set) ->
                          kinds
                              .computeIfAbsent(
                                  Spelled.label(label)
                                      + (role.isEmpty() ? "" : "." + Spelled.label(role))
                                      + (side.isEmpty() ? "" : "." + side),
                                  _ -> new ArrayList<>())
                              .add(set)));
    }
    List<PolicyText.Servers> servers = new ArrayList<>();
    kinds.forEach((endpoint, sets) -> servers.add(new PolicyText.Servers(endpoint, sets)));
    return servers;
  }

  /// Takes a zone whose sets say what the others say.
  boolean takes(AdoptedZone zone, int id, SortedMap<String, Wording> said) {
    if (!zone.namespace().equals(namespace)
        || !zone.game().equals(game)
        || !said.keySet().equals(roles.keySet())
        || zone.isPaired() != anyZone().isPaired()
        || !replicas(zone).equals(replicas(anyZone()))) {
      return false;
    }
    SortedMap<String, Wording> both = new TreeMap<>();
    for (Map.Entry<String, Wording> role : roles.entrySet()) {
      Optional<Wording> common =
          Optional.ofNullable(said.get(role.getKey())).flatMap(role.getValue()::with);
      if (common.isEmpty()) {
        return false;
      }
      both.put(role.getKey(), common.get());
    }
    roles.putAll(both);
    number(zone, id);
    return true;
  }

  /// Servers of each role, per side; a side that is stopped says nothing.
  private static SortedMap<String, Long> replicas(AdoptedZone zone) {
    SortedMap<String, Long> replicas = new TreeMap<>();
    zone.roles()
        .forEach(
            (role, sides) ->
                replicas.put(
                    role,
                    sides.values().stream()
                        .mapToLong(ServerSet::replicas)
                        .map(n -> Math.max(1, n))
                        .max()
                        .orElse(1)));
    return replicas;
  }

  /// Gives a zone its number, and finds the versions that its sets run.
  private void number(AdoptedZone zone, int id) {
    numbered.put(id, zone);
    runs.put(id, version(zone.liveSets()));
    zone.roles()
        .forEach(
            (role, sides) ->
                sides.forEach(
                    (side, set) -> {
                      SortedMap<String, ServerSet> other = new TreeMap<>();
                      zone.roles()
                          .forEach(
                              (name, both) ->
                                  other.put(
                                      name,
                                      both.getOrDefault(side, both.values().iterator().next())));
                      version(other);
                    }));
  }

  /// The version of these images, named by the tag of the first container where that is free.
  private String version(SortedMap<String, ServerSet> sets) {
    SortedMap<String, String> images = new TreeMap<>();
    String first = "";
    for (ServerSet set : sets.values()) {
      for (Json container : set.containers()) {
        String image = Manifest.text(container, "image").orElse("");
        first = first.isEmpty() ? image : first;
        images.putIfAbsent(ServerSet.name(container), image);
      }
    }
    String known = versions.get(images);
    if (known != null) {
      return known;
    }
    String tag = first.replaceFirst("@.*", "").replaceFirst("^.*/", "");
    String wanted = tag.contains(":") ? tag.substring(tag.indexOf(':') + 1) : "1";
    String name = wanted;
    for (int i = 2; versions.containsValue(name); i++) {
      name = wanted + "-" + i;
    }
    versions.put(images, name);
    return name;
  }

  /// The declaration of the game.
  ///
  /// @param lost what patches are to say, by `namespace/name` of the set
  String declaration(Map<String, List<Comparison.Difference>> lost, ClusterObjects objects) {
    StringBuilder text = new StringBuilder("game " + Spelled.label(label) + " {\n");
    if (!label.equals(game)) {
      text.append("  display = ").append(Spelled.quoted(game)).append('\n');
    }
    if (!namespace.equals(label)) {
      text.append("  namespace = ").append(Spelled.quoted(namespace)).append('\n');
    }
    SortedMap<String, Long> replicas = replicas(anyZone());
    roles.forEach(
        (role, said) -> {
          StringBuilder body = new StringBuilder();
          long servers = replicas.getOrDefault(role, 1L);
          body.append(servers > 1 ? "  replicas = " + servers + "\n" : "");
          body.append(said.written()).append(PatchText.of(role, numbered, lost));
          text.append(
              role.isEmpty()
                  ? body
                  : "  role " + Spelled.label(role) + " {\n" + body.toString().indent(2) + "  }\n");
        });
    text.append(AlertText.of(namespace, label, objects));
    versions.forEach((images, name) -> text.append(version(name, images)));
    return text.append("}\n\n").toString();
  }

  private static String version(String name, SortedMap<String, String> images) {
    StringBuilder text = new StringBuilder("  version " + Spelled.quoted(name) + " {\n");
    images.forEach(
        (container, image) ->
            text.append("    ")
                .append(Spelled.label(container))
                .append(" = ")
                .append(Spelled.quoted(image))
                .append('\n'));
    return text.append("  }\n").toString();
  }

  /// What the zones of one declaration have in common, and what some have besides.
  private record Said(String run, List<String> lines) {
    /// What its lines speak of.
    List<String> subjects() {
      return lines.stream().map(line -> line.replaceFirst("[ {=].*", "")).toList();
    }
  }

  /// The `zones` of the game: one for each declaration that the sets were made from. An override
  /// can
  /// take nothing away, so zones that say less have a declaration of their own.
  String zonesDeclarations(SortedSet<String> taken, ClusterObjects objects) {
    SortedMap<String, SortedMap<Integer, Said>> declarations = new TreeMap<>();
    numbered.forEach(
        (id, zone) -> {
          Said said = new Said(runs.getOrDefault(id, ""), ZoneText.of(zone, objects));
          declarations
              .computeIfAbsent(zone.zones() + "\n" + said.subjects(), _ -> new TreeMap<>())
              .put(id, said);
        });
    StringBuilder text = new StringBuilder();
    declarations.forEach(
        (key, said) -> {
          String known = key.substring(0, key.indexOf('\n'));
          String wanted = known.isEmpty() ? label + "-zones" : known;
          String name = wanted;
          for (int i = 2; !taken.add(name); i++) {
            name = wanted + "-" + i;
          }
          text.append(zones(name, said));
        });
    return text.toString();
  }

  private String zones(String name, SortedMap<Integer, Said> said) {
    Said usual = usual(said);
    StringBuilder text = new StringBuilder("zones " + Spelled.label(name) + " {\n");
    text.append("  game = ").append(Spelled.label(label)).append('\n');
    text.append("  ids = ").append(Ranges.list(said.keySet())).append('\n');
    text.append("  run = ").append(Spelled.quoted(usual.run())).append('\n');
    text.append("  pool = imported.std\n");
    usual.lines().forEach(line -> text.append("  ").append(line).append('\n'));
    if (usual.lines().stream().noneMatch(line -> line.startsWith("players"))) {
      text.append("  // players = 1000 // how many one zone admits; manifests do not say it\n");
    }
    SortedMap<Said, SortedMap<Integer, Said>> others =
        new TreeMap<>(Comparator.comparing(Said::toString));
    said.forEach(
        (id, one) -> {
          if (!one.equals(usual)) {
            others.computeIfAbsent(one, _ -> new TreeMap<>()).put(id, one);
          }
        });
    others.forEach(
        (one, members) ->
            Ranges.of(members.keySet()).forEach(range -> text.append(override(range, one, usual))));
    return text.append("}\n\n").toString();
  }

  private static String override(String range, Said one, Said usual) {
    StringBuilder text = new StringBuilder("  override " + range + " {\n");
    if (!one.run().equals(usual.run())) {
      text.append("    run = ").append(Spelled.quoted(one.run())).append('\n');
    }
    boolean isPlain = one.lines().stream().noneMatch(line -> line.endsWith("{"));
    one.lines().stream()
        .filter(line -> !isPlain || !usual.lines().contains(line))
        .forEach(line -> text.append("    ").append(line).append('\n'));
    return text.append("  }\n").toString();
  }

  /// What most zones say; of several the one of the first zone.
  private static Said usual(SortedMap<Integer, Said> said) {
    Map<Said, Integer> counts = new LinkedHashMap<>();
    said.values().forEach(one -> counts.merge(one, 1, Integer::sum));
    Said usual = said.get(said.firstKey());
    for (Map.Entry<Said, Integer> one : counts.entrySet()) {
      if (one.getValue() > counts.getOrDefault(usual, 0)) {
        usual = one.getKey();
      }
    }
    return Objects.requireNonNull(usual);
  }
}
