package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Puts what an environment overrides over the declarations that it names.
final class EnvironmentSettings {
  private final Problems problems;
  private final References references;

  EnvironmentSettings(Problems problems, References references) {
    this.problems = problems;
    this.references = references;
  }

  /// Replaces the blocks that the environment's overrides name.
  void apply(Block environment, List<Block> blocks) {
    for (Block settings : environment.children("override")) {
      String kind = settings.kind().name();
      boolean found = false;
      for (int i = 0; i < blocks.size(); i++) {
        Block block = blocks.get(i);
        if (block.word().equals(kind) && block.label().equals(settings.label())) {
          found = true;
          blocks.set(i, Merge.environment(block, settings, environment.place().orElseThrow()));
        }
      }
      if (!found) {
        unknown(settings, blocks);
      }
    }
  }

  private void unknown(Block settings, List<Block> blocks) {
    String kind = settings.kind().name();
    Set<String> labels = new TreeSet<>();
    blocks.stream().filter(b -> b.word().equals(kind)).forEach(b -> labels.add(b.label()));
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS2058, kind, settings.label()).at(settings.place());
    if (!labels.isEmpty()) {
      problem.hint("hint", Names.list(labels));
    }
    // Without a cluster the environment lacks a whole file, which is an error of its own.
    boolean hasCluster = blocks.stream().anyMatch(block -> block.word().equals("cluster"));
    if (hasCluster && !problems.suspects().isNameless(kind)) {
      references.unresolved(settings.label(), settings.place(), problem);
    }
  }
}
