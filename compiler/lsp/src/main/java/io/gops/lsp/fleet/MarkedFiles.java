package io.gops.lsp.fleet;

import io.gops.lsp.meaning.FileMarks;
import io.gops.syntax.SyntaxTree;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What stands where in the files that were last asked for, so that a key reads one file anew and
/// not all.
final class MarkedFiles {
  private final Map<String, FileMarks> files = new ConcurrentHashMap<>();

  /// The marks of a tree.
  FileMarks of(SyntaxTree tree, Function<SyntaxTree, FileMarks> read) {
    return files.compute(
        tree.file().path(),
        (_, known) ->
            known != null && known.tree().file().equals(tree.file()) ? known : read.apply(tree));
  }
}
