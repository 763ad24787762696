package io.gops.quality;

import io.gops.bind.FleetLoader;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The fleets of the repository in memory, and every fleet that has one mistake more.
final class Corpus {
  private Corpus() {}

  /// The files of a fleet.
  ///
  /// @param files texts by path
  /// @param root the file to begin with
  record Sources(String name, SortedMap<String, String> files, String root) {
    Sources {
      files = new TreeMap<>(files);
    }

    /// The same fleet with another text in one file.
    Sources with(String file, String text) {
      SortedMap<String, String> changed = new TreeMap<>(files);
      changed.put(file, text);
      return new Sources(name, changed, root);
    }

    List<Diagnostic> errors() {
      Diagnostics diagnostics = new Diagnostics();
      FleetLoader.load(files, root, diagnostics);
      return diagnostics.sorted().stream().filter(Diagnostic::isError).toList();
    }
  }

  /// A mistake in one file of a fleet.
  record Case(Sources original, String file, Mutant mutant) {
    Sources mutated() {
      return original.with(file, mutant.text());
    }

    /// Whether an error on that line says where the mistake is.
    boolean isRight(String path, int line) {
      if (path.equals(file) && line == mutant.line()) {
        return true;
      }
      String[] lines = original.files().getOrDefault(path, "").split("\n", -1);
      return line <= lines.length
          && mutant.lost().stream().anyMatch(name -> lines[line - 1].contains(name));
    }

    @Override
    public String toString() {
      return original.name() + "/" + file + ":" + mutant.line() + " " + mutant.what();
    }
  }

  static List<Sources> fleets() {
    return List.of(
        read("examples/wuxia", FleetLoader.ROOT_FILE),
        read("examples/web2048", "web2048.gops"),
        read("examples/five-zones", FleetLoader.ROOT_FILE),
        read("golden/newcomer-single-container", "chess.gops"),
        read("golden/newcomer-two-environments", FleetLoader.ROOT_FILE),
        read("golden/newcomer-failed-host", "site.gops"),
        read("stdlib/starters/small", "game.gops"),
        read("stdlib/starters/ab", FleetLoader.ROOT_FILE),
        read("stdlib/starters/hot-update", FleetLoader.ROOT_FILE),
        read("stdlib/starters/replace-host", FleetLoader.ROOT_FILE));
  }

  /// All mistakes in all fleets, in a fixed order.
  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Sources fleet : fleets()) {
      fleet
          .files()
          .forEach(
              (file, text) ->
                  Mutator.all(text).forEach(mutant -> cases.add(new Case(fleet, file, mutant))));
    }
    return cases;
  }

  private static Sources read(String name, String root) {
    Path folder = Path.of(System.getProperty("gops.root"), name);
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".gops")).toList()) {
        files.put(folder.relativize(path).toString(), Files.readString(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Sources(folder.getFileName().toString(), files, root);
  }
}
