package io.gops.adoption;

import io.gops.diagnostic.Diagnostics;
import io.gops.format.Formatter;
import io.gops.source.SourceFile;
import io.gops.syntax.Parser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A source for the server sets of a cluster: one game for sets that say the same but for the
/// number of their zone and their side, one version for each group of images, one `zones` for the
/// zones of a game.
///
/// What no attribute carries is found by compiling the source and comparing; [#draft] then takes
/// what is to be patched.
public final class FleetImport {
  private final List<ServerSet> sets = new ArrayList<>();
  private final ClusterObjects objects;
  private final SortedMap<String, SortedSet<String>> secrets = new TreeMap<>();
  private final List<ImportedGame> games = new ArrayList<>();
  private final SortedMap<String, String> names = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private PolicyText.Result policies = new PolicyText.Result("", Map.of());

  private FleetImport(List<Manifest> manifests) {
    this.objects = new ClusterObjects(manifests);
    for (Manifest manifest : manifests) {
      ServerSet.of(manifest).ifPresent(sets::add);
    }
  }

  /// Reads what the objects have in common. Objects of other kinds only count where a set explains
  /// them.
  public static FleetImport of(List<Manifest> manifests) {
    FleetImport imports = new FleetImport(manifests);
    imports.findGames();
    imports.policies = imports.rules();
    return imports;
  }

  /// Sets of servers that were found.
  public int count() {
    return sets.size();
  }

  /// Under which name each set comes back, by `namespace/name` of the one that was.
  public SortedMap<String, String> names() {
    return Collections.unmodifiableSortedMap(names);
  }

  /// What was decided on the way, a sentence each.
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private void findGames() {
    List<AdoptedZone> zones = new ArrayList<>();
    Map<AdoptedZone, SortedMap<String, Wording>> said = new LinkedHashMap<>();
    for (AdoptedZone zone : ZoneFinder.of(sets)) {
      Optional<SortedMap<String, Wording>> whole = said(zone);
      if (whole.isPresent()) {
        said.put(zone, whole.get());
        zones.add(zone);
        continue;
      }
      notes.add(
          zone.sets().getFirst().key()
              + " and its other side differ in more than images: they are no pair");
      for (ServerSet set : zone.sets()) {
        SortedMap<String, SortedMap<String, ServerSet>> alone = new TreeMap<>();
        alone.put("", new TreeMap<>(Map.of("", set)));
        AdoptedZone half =
            new AdoptedZone(zone.namespace(), set.name(), Optional.empty(), "", alone);
        said.put(half, said(half).orElseThrow());
        zones.add(half);
      }
    }
    Map<AdoptedZone, Integer> numbers = numbers(zones);
    zones.forEach(zone -> add(zone, numbers.getOrDefault(zone, 1), said));
    SortedSet<String> taken = new TreeSet<>();
    for (ImportedGame game : games) {
      game.named(unused(Spelled.name(game.game()), taken));
      if (!game.label().equals(game.game())) {
        notes.add("the game of " + game.game() + " is called " + game.label());
      }
      game.zones()
          .forEach(
              (id, zone) ->
                  zone.roles()
                      .forEach(
                          (role, sides) ->
                              sides.forEach(
                                  (side, set) ->
                                      names.put(
                                          set.key(),
                                          game.label() + "-" + id + part(role) + part(side)))));
    }
  }

  /// Rules are read from the policies of what runs outside of VPCs. In a VPC of gopsc its flow
  /// tables hold them, and its own policies are compiled again once a person wrote the rules.
  private PolicyText.Result rules() {
    boolean isOutside =
        sets.stream().allMatch(set -> ZoneText.vpc(set).isEmpty() && !set.isOfAgones());
    return isOutside
        ? PolicyText.of(games.stream().flatMap(game -> game.servers().stream()).toList(), objects)
        : new PolicyText.Result("", Map.of());
  }

  /// What of the policies no rule says, by `namespace/name`; policies that are not read are absent.
  public Map<String, List<String>> unsaid() {
    return policies.notes();
  }

  private static String part(String word) {
    return word.isEmpty() ? "" : "-" + word;
  }

  /// Numbers that stand in names are kept, the first time; then the others get free ones.
  private static Map<AdoptedZone, Integer> numbers(List<AdoptedZone> zones) {
    Map<AdoptedZone, Integer> numbers = new LinkedHashMap<>();
    SortedSet<Integer> taken = new TreeSet<>();
    for (AdoptedZone zone : zones) {
      zone.number().filter(n -> taken.add(n)).ifPresent(number -> numbers.put(zone, number));
    }
    int next = 1;
    for (AdoptedZone zone : zones) {
      if (!numbers.containsKey(zone)) {
        while (!taken.add(next)) {
          next++;
        }
        numbers.put(zone, next);
      }
    }
    return numbers;
  }

  private static String unused(String wanted, SortedSet<String> taken) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + "-" + i;
    }
    return name;
  }

  /// What each role says; absent when the sides of one say different things.
  private Optional<SortedMap<String, Wording>> said(AdoptedZone zone) {
    SortedMap<String, Wording> said = new TreeMap<>();
    for (Map.Entry<String, SortedMap<String, ServerSet>> role : zone.roles().entrySet()) {
      Optional<Wording> both = Optional.empty();
      for (Map.Entry<String, ServerSet> side : role.getValue().entrySet()) {
        Wording own = RoleText.of(side.getValue(), zone.number(), side.getKey(), secrets, objects);
        both = both.isEmpty() ? Optional.of(own) : both.flatMap(known -> known.with(own));
        if (both.isEmpty()) {
          return Optional.empty();
        }
      }
      said.put(role.getKey(), both.orElseThrow());
    }
    return Optional.of(said);
  }

  private void add(AdoptedZone zone, int id, Map<AdoptedZone, SortedMap<String, Wording>> said) {
    // A text in which the number of a zone stands means the zone only while it keeps that number.
    SortedMap<String, Wording> own =
        zone.number().isEmpty() || zone.keeps(id)
            ? Objects.requireNonNull(said.get(zone))
            : said(zone.withoutNumber()).orElseThrow();
    for (ImportedGame game : games) {
      if (game.takes(zone, id, own)) {
        return;
      }
    }
    games.add(new ImportedGame(zone, id, own));
  }

  /// The source with one statement on each line.
  ///
  /// @param lost what does not come back without patches, by `namespace/name` of the set
  public String draft(Map<String, List<Comparison.Difference>> lost) {
    StringBuilder text = new StringBuilder();
    boolean isAgones = !sets.isEmpty() && sets.stream().allMatch(ServerSet::isOfAgones);
    text.append("// The versions of what the cluster runs are yours to write.\n");
    text.append("cluster imported {\n  kubernetes = \"1.34\"\n  kruise = \"1.9\"\n")
        .append("  kruise_game = \"1.0.0\"\n")
        .append(isAgones ? "  target = agones\n" : "")
        .append(
            objects.of("NetworkAttachmentDefinition").isEmpty() ? "  enforce = kubernetes\n" : "")
        .append(policies.declarations().isEmpty() ? "" : "  cni = other\n")
        .append("}\n\n");
    text.append(Machines.text(sets, objects));
    text.append(VpcText.of(sets, objects));
    text.append(policies.declarations());
    secrets.forEach(
        (name, keys) ->
            text.append("secret ")
                .append(Spelled.label(name))
                .append(" {\n  keys = ")
                .append(Spelled.list(List.copyOf(keys)))
                .append("\n}\n\n"));
    SortedSet<String> labels = new TreeSet<>();
    for (ImportedGame game : games) {
      text.append(game.declaration(lost, objects));
      text.append(game.zonesDeclarations(labels, objects));
    }
    return text.toString();
  }

  /// The lock of the source: what servers that run have already. Absent when they have nothing that
  /// gopsc assigns.
  public Optional<String> lock() {
    SortedMap<String, String> records = LockText.of(sets, names, objects);
    StringBuilder text = new StringBuilder("# Assigned by gopsc; commit it, do not edit it.\n");
    records.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
    return records.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }

  /// A text in the one layout there is.
  public static String formatted(String text) {
    return Formatter.format(Parser.parse(new SourceFile("imported.gops", text), new Diagnostics()));
  }
}
