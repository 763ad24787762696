package io.gops.lsp.feature;

import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Mark;
import io.gops.lsp.text.Positions;
import java.util.List;
import org.eclipse.lsp4j.DocumentLink;

/// The files that imports and environments name.
public final class FileLinks {
  private FileLinks() {}

  public static List<DocumentLink> of(View view) {
    return view.file().marks().stream()
        .filter(Mark.FileName.class::isInstance)
        .map(Mark.FileName.class::cast)
        .map(
            mark ->
                new DocumentLink(
                    Positions.of(view.text(), mark.span()), view.uris().apply(mark.path())))
        .toList();
  }
}
