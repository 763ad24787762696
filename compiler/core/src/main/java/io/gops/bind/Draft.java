package io.gops.bind;

import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Fix;
import io.gops.diagnostic.Suppression;
import io.gops.fleet.Fleet;
import io.gops.syntax.SyntaxTree;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A fleet while people write it: its files as they are on disk or, where an editor has another
/// text, as they are there; loaded once, whatever is wrong with it.
///
/// The fixes of what is wrong are tried only when somebody asks for them. Safe for use by several
/// threads.
public final class Draft {
  private final Sources sources;
  private final String root;
  private final ParsedFiles parsed;
  private final FleetLoader loader;
  private final Binder binder;
  private final SortedMap<String, Fleet> fleets;
  private final SortedMap<String, SyntaxTree> trees;
  private final List<Diagnostic> found;
  private final List<Suppression> suppressions;

  private Draft(Sources sources, String root, ParsedFiles parsed) {
    Diagnostics diagnostics = new Diagnostics();
    this.sources = sources;
    this.root = root;
    this.parsed = parsed;
    this.loader = lenient(sources, diagnostics, parsed);
    this.binder = loader.binder();
    this.fleets = Collections.unmodifiableSortedMap(loader.bind(root, binder));
    SortedMap<String, SyntaxTree> reached = new TreeMap<>();
    loader.reached().forEach((path, scope) -> reached.put(path, scope.tree()));
    this.trees = Collections.unmodifiableSortedMap(reached);
    this.found = diagnostics.sorted();
    this.suppressions = diagnostics.suppressions();
  }

  /// A file that only offers constants and templates lacks nothing.
  private static FleetLoader lenient(Sources sources, Diagnostics diagnostics, ParsedFiles parsed) {
    return new FleetLoader(sources, diagnostics, Optional.of(new Surveyor()), parsed);
  }

  /// Loads the fleet of a folder with `fleet.gops`, or of a single file.
  ///
  /// @param unsaved texts that are not on disk, by path relative to the folder
  /// @param parsed files that were parsed for earlier drafts
  /// @return absent when there is no such folder or file
  public static Optional<Draft> of(
      Path fileOrFolder, SortedMap<String, String> unsaved, ParsedFiles parsed) {
    return FleetLoader.beginning(fileOrFolder, new Diagnostics())
        .map(
            beginning ->
                new Draft(
                    new EditedSources(
                        new FolderSources(beginning.folder()), new TreeMap<>(unsaved)),
                    beginning.root(),
                    parsed));
  }

  /// Loads a fleet that is nowhere on disk.
  ///
  /// @param files texts by path
  /// @param root the path of the file to begin with
  public static Draft of(SortedMap<String, String> files, String root, ParsedFiles parsed) {
    return new Draft(new MemorySources(files), root, parsed);
  }

  /// The fleet of every environment by its name; none when something is wrong.
  public SortedMap<String, Fleet> fleets() {
    return fleets;
  }

  /// What is wrong, with fixes that nobody has tried; see [#fixes].
  public List<Diagnostic> diagnostics() {
    return found;
  }

  /// Hands over what is wrong, and which of it people have answered for.
  public void reportTo(Diagnostics diagnostics) {
    suppressions.forEach(diagnostics::suppress);
    diagnostics.reportAll(found);
  }

  /// How the files say what they say; absent when something is wrong. Looks at which files the
  /// folder has.
  public Optional<Survey> survey() {
    return loader.survey(root);
  }

  /// The trees of all files that any environment reaches, by path; those of the library too.
  public SortedMap<String, SyntaxTree> trees() {
    return trees;
  }

  /// What a line says, see [FleetLoader#explain].
  ///
  /// @param line from 1
  public synchronized LineExplanation explain(String path, int line) {
    return loader.explain(binder, fleets.values(), path, line);
  }

  /// The fixes of a diagnostic of this draft that hold: with each the diagnostic goes, and no error
  /// comes.
  public List<Fix> fixes(Diagnostic diagnostic) {
    return new FixTrial(sources, this::found, 1).holding(diagnostic, found);
  }

  private List<Diagnostic> found(Sources others) {
    Diagnostics diagnostics = new Diagnostics();
    FleetLoader trial = lenient(others, diagnostics, parsed);
    trial.bind(root, trial.binder());
    return diagnostics.sorted();
  }
}
