package io.gops.policy;

import io.gops.compilation.Compiled;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.GivenFile;
import io.gops.source.SourceFile;
import io.gops.source.SystemReason;
import io.gops.syntax.SourceText;
import io.gops.work.Asker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The rules of a fleet: one file each, `policies/*.cel` beside its source.
///
/// The evaluator of CEL is 7 MB of classes; nothing of it is loaded for a fleet without rules.
public final class TeamRules {
  private TeamRules() {}

  /// Judges every environment and reports what violates a rule.
  ///
  /// @param root the fleet's folder
  public static void check(Path root, Collection<Compiled> environments, Diagnostics diagnostics) {
    List<SourceFile> files = files(root, diagnostics);
    if (files.isEmpty() || environments.isEmpty()) {
      return;
    }
    List<CelRule> rules = new ArrayList<>();
    for (SourceFile file : files) {
      TeamRule.read(file, diagnostics)
          .flatMap(rule -> CelRule.compile(rule, diagnostics))
          .ifPresent(rules::add);
    }
    for (Compiled compiled : environments) {
      Subjects subjects = new Subjects(compiled);
      for (CelRule rule : rules) {
        Asker.here().mustWait();
        rule.judge(subjects, diagnostics);
      }
    }
  }

  private static List<SourceFile> files(Path root, Diagnostics diagnostics) {
    Path folder = root.resolve("policies");
    List<SourceFile> files = new ArrayList<>();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return files;
    }
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.filter(TeamRules::isRule).sorted().toList()) {
        String name = "policies/" + path.getFileName();
        files.add(SourceText.decode(name, GivenFile.read(path, GivenFile.SOURCE), diagnostics));
      }
    } catch (IOException failure) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS2906, "policies", SystemReason.named(failure)).hint("hint"));
    }
    return files;
  }

  private static boolean isRule(Path path) {
    Optional<String> name = Optional.ofNullable(path.getFileName()).map(Path::toString);
    return name.filter(n -> n.endsWith(".cel") && !n.startsWith(".")).isPresent()
        && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }
}
