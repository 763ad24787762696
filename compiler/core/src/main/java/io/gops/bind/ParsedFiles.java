package io.gops.bind;

import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.SourceFile;
import io.gops.syntax.Parser;
import io.gops.syntax.SourceText;
import io.gops.syntax.SyntaxTree;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Files that were parsed, by path: who loads a fleet again parses only what has another text.
///
/// Safe for use by several threads.
public final class ParsedFiles {
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /// @param found what was wrong with the text
  private record Entry(SyntaxTree tree, List<Diagnostic> found) {}

  /// The tree of a file; what is wrong with it is reported each time.
  ///
  /// @param path as shown to people
  public SyntaxTree tree(String path, byte[] bytes, Diagnostics diagnostics) {
    Diagnostics found = new Diagnostics();
    SourceFile file = SourceText.decode(path, bytes, found);
    Entry entry = entries.get(path);
    if (entry == null || !entry.tree.file().text().equals(file.text())) {
      SyntaxTree tree = Parser.parse(file, found);
      entry = new Entry(tree, found.sorted());
      entries.put(path, entry);
    }
    diagnostics.reportAll(entry.found);
    return entry.tree;
  }
}
