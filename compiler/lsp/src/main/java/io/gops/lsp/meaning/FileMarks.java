package io.gops.lsp.meaning;

import io.gops.syntax.SyntaxTree;
import java.util.List;
import java.util.Optional;

/// What stands where in one file.
///
/// @param marks in the order of the text; none covers another
/// @param definitions in the order of the text
/// @param imports what each import brings
public record FileMarks(
    SyntaxTree tree, List<Mark> marks, List<Definition> definitions, List<Imported> imports) {
  public FileMarks {
    marks = List.copyOf(marks);
    definitions = List.copyOf(definitions);
    imports = List.copyOf(imports);
  }

  /// @param alias absent when the names are brought in without a prefix
  public record Imported(String path, Optional<String> alias) {}

  public String path() {
    return tree.file().path();
  }

  /// The mark at an offset, or directly before it.
  public Optional<Mark> at(int offset) {
    Optional<Mark> before = Optional.empty();
    for (Mark mark : marks) {
      if (mark.span().touches(offset)) {
        if (offset < mark.span().end()) {
          return Optional.of(mark);
        }
        before = Optional.of(mark);
      } else if (mark.span().offset() > offset) {
        break;
      }
    }
    return before;
  }
}
