package io.gops.lsp.fleet;

import io.gops.lsp.meaning.FileMarks;
import io.gops.lsp.meaning.Names;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.syntax.SyntaxTree;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One file of a fleet at one moment, and what is known of the fleet: what every feature looks at.
///
/// @param proof what the last proof found; of an earlier moment when [Proved#of] another snapshot
/// @param uris makes the URI of a path of the fleet
public record View(
    Snapshot snapshot,
    FileMarks file,
    Names names,
    Optional<Proved> proof,
    UnaryOperator<String> uris) {

  public SyntaxTree tree() {
    return file.tree();
  }

  public SourceFile text() {
    return file.tree().file();
  }

  /// The URI of the file of a place.
  public String uri(Place place) {
    return uris.apply(place.file().path());
  }

  /// Whether the proof is of this very text.
  public boolean isProved() {
    return proof.filter(found -> found.of() == snapshot).isPresent();
  }
}
