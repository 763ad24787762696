package io.gops.lint;

import io.gops.bind.Declared;
import io.gops.bind.Said;
import io.gops.bind.Survey;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.schema.Target;
import io.gops.schema.Type;
import io.gops.source.Place;
import io.gops.state.State;
import io.gops.syntax.Endpoint;
import io.gops.syntax.Item;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// GOPS7005: a declaration that nothing refers to, in any environment. Zones, policies, directories
/// and releases count by themselves; everything else is there for something that names it.
final class UnreferencedDeclarations implements Rule {
  /// References that count whoever makes them.
  private static final Map<Target, String> KINDS =
      Map.of(
          Target.WINDOW, "window",
          Target.SECRET, "secret",
          Target.INTERNET_GATEWAY, "gateway",
          Target.BACKBONE_GATEWAY, "gateway",
          Target.CLUSTER, "cluster");

  /// References that count only when zones make them: a policy for an empty VPC rules nothing.
  private static final Map<Target, String> KINDS_OF_ZONES =
      Map.of(Target.VPC, "vpc", Target.POOL, "pool", Target.GAME, "game");

  private record Key(String kind, String name) {}

  /// A declaration that ought to be referred to.
  ///
  /// @param key kind and name
  private record Wanted(Key key, Place place, List<Object> words) {}

  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    Map<Place, Wanted> unreferenced = new LinkedHashMap<>();
    Set<Place> referenced = new HashSet<>();
    for (Survey.Environment environment : subject.survey().environments()) {
      State state = subject.states().getOrDefault(environment.name(), State.EMPTY);
      Set<Key> named = named(environment, state);
      wanted(environment)
          .forEach(
              wanted -> {
                unreferenced.putIfAbsent(wanted.place(), wanted);
                if (named.contains(wanted.key())) {
                  referenced.add(wanted.place());
                }
              });
    }
    unreferenced.keySet().removeAll(referenced);
    unreferenced
        .values()
        .forEach(
            wanted ->
                report.accept(
                    Diagnostic.of(Code.GOPS7005, wanted.key().kind() + " " + wanted.key().name())
                        .saying(wanted.key().kind(), wanted.words().toArray())
                        .at(wanted.place())
                        .hint(wanted.key().kind().equals("version") ? "version-hint" : "hint")));
  }

  // ---- what there is

  private static Stream<Wanted> wanted(Survey.Environment environment) {
    return environment.declarations().stream()
        .flatMap(
            declared ->
                switch (declared.word()) {
                  case "secret", "service", "window", "gateway", "vpc", "cluster" ->
                      Stream.of(wanted(declared.word(), declared.label(), declared));
                  case "site" ->
                      declared.children("pool").stream()
                          .map(p -> wanted("pool", declared.label() + "." + p.label(), p));
                  case "game" ->
                      Stream.concat(
                          Stream.of(wanted("game", declared.label(), declared)),
                          declared.children("version").stream().map(v -> version(declared, v)));
                  default -> Stream.empty();
                });
  }

  private static Wanted wanted(String kind, String name, Declared declared) {
    return new Wanted(new Key(kind, name), declared.name(), List.of(name));
  }

  private static Wanted version(Declared game, Declared version) {
    return new Wanted(
        versionKey(game.label(), version.label()),
        version.name(),
        List.of(version.label(), game.label()));
  }

  private static Key versionKey(String game, String version) {
    return new Key("version", game + " " + version);
  }

  // ---- what is named

  private static Set<Key> named(Survey.Environment environment, State state) {
    Set<Key> named = new HashSet<>();
    environment.declarations().forEach(declared -> references(declared, declared, named));
    Stream.concat(
            environment.expectations().stream(),
            environment.declarations().stream().flatMap(declared -> declared.rules().stream()))
        .flatMap(UnreferencedDeclarations::endpoints)
        .forEach(endpoint -> named.add(new Key("service", endpoint.path().head())));
    environment.cluster().ifPresent(cluster -> named.add(new Key("cluster", cluster)));
    if (environment.cluster().isEmpty()) {
      environment.declarations("cluster").forEach(c -> named.add(new Key("cluster", c.label())));
    }
    versions(environment, state, named);
    return named;
  }

  private static void references(Declared top, Declared declared, Set<Key> named) {
    declared.attributes().values().forEach(said -> references(top, said, named));
    declared.children().forEach(child -> references(top, child, named));
    declared.members().forEach(member -> references(top, member, named));
  }

  private static void references(Declared top, Said said, Set<Key> named) {
    for (Target target : targets(said.type())) {
      String kind = KINDS.get(target);
      if (kind == null && top.word().equals("zones")) {
        kind = KINDS_OF_ZONES.get(target);
      }
      if (kind != null) {
        for (String name : said.names()) {
          named.add(new Key(kind, name));
        }
      }
    }
    said.names().stream()
        .map(name -> name.split("[.]", -1))
        .filter(parts -> parts.length == 3 && parts[0].equals("secret"))
        .forEach(parts -> named.add(new Key("secret", parts[1])));
  }

  private static Set<Target> targets(Type type) {
    return switch (type) {
      case Type.Reference(Target target) -> EnumSet.of(target);
      case Type.Items(Type element, _) -> targets(element);
      case Type _ -> EnumSet.noneOf(Target.class);
    };
  }

  static Stream<Endpoint> endpoints(Item item) {
    return switch (item) {
      case Item.Rule rule -> Stream.of(rule.from(), rule.to());
      case Item.ExpectReachable expected -> Stream.of(expected.from(), expected.to());
      case Item _ -> Stream.empty();
    };
  }

  /// A version is named by zones, by a release, by a version made from it, and by what runs.
  private static void versions(Survey.Environment environment, State state, Set<Key> named) {
    for (Declared game : environment.declarations("game")) {
      game.children("version")
          .forEach(v -> v.base().ifPresent(b -> named.add(versionKey(game.label(), b))));
      state
          .groups()
          .values()
          .forEach(
              group ->
                  group
                      .sides()
                      .values()
                      .forEach(side -> named.add(versionKey(game.label(), side.version()))));
    }
    Map<String, List<String>> games = new LinkedHashMap<>();
    for (Declared zones : environment.declarations("zones")) {
      games.put(zones.label(), zones.names("game"));
      Stream.concat(Stream.of(zones), zones.members().stream())
          .flatMap(each -> each.names("run").stream())
          .forEach(run -> zones.names("game").forEach(g -> named.add(versionKey(g, run))));
    }
    for (Declared release : environment.declarations("release")) {
      for (String set : release.names("zones")) {
        for (String game : games.getOrDefault(set, List.of())) {
          release.names("to").forEach(to -> named.add(versionKey(game, to)));
        }
      }
    }
  }
}
