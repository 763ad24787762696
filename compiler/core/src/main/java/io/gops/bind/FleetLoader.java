package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.schema.Schema;
import io.gops.source.Origins;
import io.gops.source.Place;
import io.gops.syntax.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Loads fleets: reads the files, binds them to the schema, applies templates and resolves names.
public final class FleetLoader {
  /// The file that makes a folder a fleet.
  public static final String ROOT_FILE = "fleet.gops";

  /// The environment of a file without a `fleet` declaration.
  public static final String DEFAULT_ENVIRONMENT = "default";

  private final Schema schema = Schema.language();
  private final Sources sources;
  private final Problems problems;
  private final References references;
  private final io.gops.bind.Files files;
  /// The merged declarations of each environment, and the environment itself.
  private final SortedMap<String, List<Block>> bound = new TreeMap<>();
  private final Optional<Surveyor> surveyor;

  /// All files that any environment reaches.
  private final SortedMap<String, Scope> reached = new TreeMap<>();

  private FleetLoader(Sources sources, Diagnostics diagnostics) {
    this(sources, diagnostics, Optional.empty());
  }

  private FleetLoader(Sources sources, Diagnostics diagnostics, Optional<Surveyor> surveyor) {
    this(sources, diagnostics, surveyor, new ParsedFiles());
  }

  FleetLoader(
      Sources sources, Diagnostics diagnostics, Optional<Surveyor> surveyor, ParsedFiles parsed) {
    this.surveyor = surveyor;
    this.sources = sources;
    this.problems = new Problems(diagnostics, new Suspects());
    this.references = new References(problems);
    this.files = new io.gops.bind.Files(sources, schema, problems, parsed);
  }

  /// The fleet of a folder with `fleet.gops`, or of a single file; of its first environment by name
  /// when it has several.
  ///
  /// @return absent when something is wrong; what, is in `diagnostics`
  public static Optional<Fleet> load(Path fileOrFolder, Diagnostics diagnostics) {
    return first(loadAll(fileOrFolder, diagnostics));
  }

  /// The fleet of files in memory.
  ///
  /// @param files texts by path relative to the fleet's folder
  /// @param root the path of the file to begin with
  public static Optional<Fleet> load(
      Map<String, String> files, String root, Diagnostics diagnostics) {
    return first(new FleetLoader(new MemorySources(files), diagnostics).environments(root));
  }

  /// The fleet of every environment by its name; none when something is wrong.
  public static SortedMap<String, Fleet> loadAll(Path fileOrFolder, Diagnostics diagnostics) {
    return open(fileOrFolder, diagnostics, Optional.empty())
        .map(opened -> opened.loader.environments(opened.root))
        .orElseGet(TreeMap::new);
  }

  /// As [#loadAll(Path, Diagnostics)], of files in memory.
  ///
  /// @param files texts by path relative to the fleet's folder
  /// @param root the path of the file to begin with
  public static SortedMap<String, Fleet> loadAll(
      Map<String, String> files, String root, Diagnostics diagnostics) {
    return new FleetLoader(new MemorySources(files), diagnostics).environments(root);
  }

  /// How the files of a fleet say what they say; absent when something is wrong. A single file may
  /// be a library: it needs no cluster.
  public static Optional<Survey> survey(Path fileOrFolder, Diagnostics diagnostics) {
    Optional<Opened> opened = open(fileOrFolder, diagnostics, Optional.of(new Surveyor()));
    opened.ifPresent(found -> found.loader.environments(found.root));
    return opened.flatMap(found -> found.loader.survey(found.root));
  }

  /// What a surveyor saw; absent without one and when something is wrong.
  Optional<Survey> survey(String root) {
    return problems.diagnostics().hasErrors()
        ? Optional.empty()
        : surveyor.map(found -> found.survey(root, sources.all()));
  }

  /// A loader and the path of the file to begin with.
  private record Opened(FleetLoader loader, String root) {}

  private static Optional<Opened> open(
      Path fileOrFolder, Diagnostics diagnostics, Optional<Surveyor> surveyor) {
    return beginning(fileOrFolder, diagnostics)
        .map(
            found ->
                new Opened(
                    new FleetLoader(new FolderSources(found.folder), diagnostics, surveyor),
                    found.root));
  }

  /// Where a fleet begins.
  ///
  /// @param folder its real path
  /// @param root the file to begin with, relative to the folder
  record Beginning(Path folder, String root) {}

  /// Where the fleet of a folder or a single file begins; absent after a report.
  static Optional<Beginning> beginning(Path fileOrFolder, Diagnostics diagnostics) {
    try {
      Path real = fileOrFolder.toRealPath();
      if (Files.isDirectory(real)) {
        if (!Files.isExecutable(real)) {
          diagnostics.report(Diagnostic.of(Code.GOPS2033, fileOrFolder, "permission denied"));
          return Optional.empty();
        }
        if (!Files.isRegularFile(real.resolve(ROOT_FILE))) {
          diagnostics.report(Diagnostic.of(Code.GOPS2034, fileOrFolder).hint("hint"));
          return Optional.empty();
        }
        return Optional.of(new Beginning(real, ROOT_FILE));
      }
      Path folder = Objects.requireNonNull(real.getParent(), "a file has a folder");
      return Optional.of(new Beginning(folder, folder.relativize(real).toString()));
    } catch (IOException _) {
      diagnostics.report(Diagnostic.of(Code.GOPS2030, fileOrFolder).hint("hint"));
      return Optional.empty();
    }
  }

  /// What a line of a fleet says: what it is, and the effective values that it has part in, in
  /// every environment, each with the places it came from. The fleet need not be valid.
  ///
  /// @param path of the file, relative to the fleet's folder
  /// @param line from 1
  public static LineExplanation explain(
      Path fileOrFolder, String path, int line, Diagnostics diagnostics) {
    return open(fileOrFolder, diagnostics, Optional.empty())
        .map(opened -> opened.loader.explain(opened.root, path, line))
        .orElseGet(() -> new LineExplanation(List.of(), List.of()));
  }

  private LineExplanation explain(String root, String path, int line) {
    Binder binder = binder();
    return explain(binder, bind(root, binder).values(), path, line);
  }

  /// As [#explain(Path, String, int, Diagnostics)], of what this loader has bound.
  LineExplanation explain(Binder binder, Collection<Fleet> fleets, String path, int line) {
    Optional<Scope> scope = Optional.ofNullable(reached.get(path));
    ConstantUses uses = new ConstantUses(reached.values());
    Evaluator evaluator = binder.evaluator();
    List<LineExplanation.Fact> facts =
        scope
            .map(
                found ->
                    new LineFacts(schema, evaluator, reached.values(), uses, fleets, found, line)
                        .facts())
            .orElse(List.of());
    return new LineExplanation(facts, new LineValues(path, line, uses, evaluator).of(bound));
  }

  /// What is wrong with the fleet in other sources, without a trial of its fixes.
  private List<Diagnostic> diagnostics(Sources others, String root) {
    Diagnostics diagnostics = new Diagnostics();
    new FleetLoader(others, diagnostics, surveyor.map(_ -> new Surveyor())).bind(root);
    return diagnostics.sorted();
  }

  private static Optional<Fleet> first(SortedMap<String, Fleet> fleets) {
    return fleets.isEmpty() ? Optional.empty() : Optional.ofNullable(fleets.get(fleets.firstKey()));
  }

  /// One environment, before its files are read.
  private record Environment(
      String fleet, String name, Optional<Block> block, Map<String, Optional<Place>> files) {}

  private SortedMap<String, Fleet> environments(String root) {
    SortedMap<String, Fleet> fleets = bind(root);
    new FixTrial(sources, others -> diagnostics(others, root), files.size())
        .withhold(problems.diagnostics());
    return fleets;
  }

  private SortedMap<String, Fleet> bind(String root) {
    return bind(root, binder());
  }

  /// A binder for [#bind(String, Binder)].
  Binder binder() {
    return new Binder(schema, problems);
  }

  /// All files that any environment reaches, by path.
  SortedMap<String, Scope> reached() {
    return reached;
  }

  /// The fleets of all environments, without a trial of the fixes of what is wrong.
  SortedMap<String, Fleet> bind(String root, Binder binder) {
    reached.putAll(files.load(Map.of(root, Optional.empty())));
    SortedMap<String, Fleet> fleets = new TreeMap<>();
    Scope scope = reached.get(root);
    if (scope == null) {
      return fleets;
    }
    for (Environment environment : environments(root, scope, binder)) {
      fleet(environment, binder).ifPresent(fleet -> fleets.put(environment.name(), fleet));
    }
    problems.reportRepetitions();
    references.report();
    return problems.diagnostics().hasErrors() ? new TreeMap<>() : fleets;
  }

  /// The environments that the `fleet` declaration of the root names; one when there is none.
  private List<Environment> environments(String root, Scope scope, Binder binder) {
    Optional<Item.Declaration> declaration =
        scope.tree().declarations().stream()
            .filter(d -> d.kind().text().equals("fleet"))
            .findFirst();
    Optional<Block> fleet =
        declaration.flatMap(d -> binder.bind(d, schema.kinds(), Optional.empty(), scope));
    if (fleet.isEmpty()) {
      String name = root.substring(root.lastIndexOf('/') + 1).replaceFirst("\\.gops$", "");
      return List.of(
          new Environment(
              name, DEFAULT_ENVIRONMENT, Optional.empty(), Map.of(root, Optional.empty())));
    }
    List<Environment> environments = new ArrayList<>();
    new Completeness(problems).check(fleet.get());
    for (Block environment : fleet.get().children("environment")) {
      Map<String, Optional<Place>> wanted = new TreeMap<>(included(environment));
      wanted.put(root, Optional.empty());
      environments.add(
          new Environment(
              fleet.get().label(), environment.label(), Optional.of(environment), wanted));
    }
    if (environments.isEmpty() && !fleet.get().damaged()) {
      problems.report(
          Diagnostic.of(Code.GOPS2029, "fleet " + fleet.get().label(), "environment")
              .at(fleet.get().place()));
    }
    return environments;
  }

  /// The files that an environment includes, each with the pattern that names it.
  private Map<String, Optional<Place>> included(Block environment) {
    Map<String, Optional<Place>> wanted = new TreeMap<>();
    List<Value.Placed> patterns =
        environment
            .value("include")
            .map(value -> value instanceof Value.Items(List<Value.Placed> all) ? all : null)
            .orElse(List.of());
    for (Value.Placed placed : patterns) {
      Optional<Place> place = Optional.of(placed.place());
      String pattern = Attributes.constant(placed.value()).orElse("");
      Optional<String> inside = Sources.resolve("", pattern);
      if (inside.isEmpty()) {
        problems.report(Diagnostic.of(Code.GOPS2031, pattern).at(place).hint("hint"));
        continue;
      }
      List<String> found =
          pattern.contains("*") ? sources.matching(inside.get()) : List.of(inside.get());
      if (found.isEmpty()) {
        problems.report(Diagnostic.of(Code.GOPS2035, pattern).at(place));
      }
      found.forEach(path -> wanted.putIfAbsent(path, place));
    }
    return wanted;
  }

  private Optional<Fleet> fleet(Environment environment, Binder binder) {
    SortedMap<String, Scope> scopes = files.load(environment.files());
    boolean includesBroken =
        environment
            .block()
            .filter(b -> b.damaged() || (b.has("include") && b.value("include").isEmpty()))
            .isPresent();
    if (includesBroken || !scopes.keySet().containsAll(environment.files().keySet())) {
      problems.suspects().everything();
    }
    List<Block> blocks = new ArrayList<>();
    List<Block.Rule> rules = new ArrayList<>();
    scopes.values().forEach(scope -> collect(scope, binder, blocks, rules));
    environment
        .block()
        .ifPresent(block -> new EnvironmentSettings(problems, references).apply(block, blocks));
    Completeness completeness = new Completeness(problems);
    blocks.forEach(completeness::check);
    reached.putAll(scopes);
    List<Block> all = new ArrayList<>(blocks);
    environment.block().ifPresent(all::add);
    bound.put(environment.name(), all);
    surveyor.ifPresent(
        found -> found.add(environment.name(), environment.block(), scopes, blocks, rules));
    boolean isLibrary = environment.block().isEmpty() && blocks.isEmpty() && rules.isEmpty();
    if ((surveyor.isPresent() && isLibrary) || !binder.evaluator().isBounded()) {
      return Optional.empty();
    }
    Elaboration.Identity identity =
        new Elaboration.Identity(
            environment.fleet(),
            environment.name(),
            environment.block().flatMap(block -> block.value("cluster")),
            environment
                .block()
                .flatMap(block -> new Attributes(block, new Defaults()).place("cluster")),
            environment.block().map(Block::origins).orElse(Origins.NONE));
    return new Elaboration(problems, references, blocks).fleet(identity, rules);
  }

  /// Binds what stands at the top level of one file.
  private void collect(Scope scope, Binder binder, List<Block> blocks, List<Block.Rule> rules) {
    scope.consts().values().forEach(declared -> binder.evaluator().constant(declared, scope));
    scope.templates().values().forEach(declared -> binder.template(declared, scope));
    for (Item item : scope.tree().items()) {
      switch (item) {
        case Item.Declaration declaration -> declare(declaration, scope, binder, blocks);
        case Item.ExpectReachable _, Item.ExpectProperty _ ->
            rules.add(new Block.Rule(item, scope));
        case Item.Broken _ -> {}
        case Item.Assignment assignment ->
            misplaced(scope.place(assignment.path()), "an attribute");
        case Item.Required required -> misplaced(scope.place(required), "required");
        case Item.Rule rule -> misplaced(scope.place(rule), "a rule");
      }
    }
  }

  private void misplaced(Place place, String what) {
    problems.report(Diagnostic.of(Code.GOPS2039, what, "a file").at(place));
  }

  private void declare(
      Item.Declaration declaration, Scope scope, Binder binder, List<Block> blocks) {
    String word = declaration.kind().text();
    if (word.equals(Templates.WORD) || word.equals("fleet")) {
      return;
    }
    Optional<Block> block = binder.bind(declaration, schema.kinds(), Optional.empty(), scope);
    block.ifPresent(blocks::add);
  }
}
