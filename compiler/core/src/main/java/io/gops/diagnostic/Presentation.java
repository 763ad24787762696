package io.gops.diagnostic;

import java.util.function.UnaryOperator;

/// How diagnostics are worded and where their files are, for reports that another program reads.
///
/// @param paths makes of a path in the fleet's folder the one that the reader can open
/// @param home the file to name for a diagnostic that no text is to blame for, already in the
///     reader's terms
public record Presentation(Catalogue catalogue, UnaryOperator<String> paths, String home) {
  /// The sentence, with nothing in it that a terminal or a log viewer would obey.
  String text(Message message) {
    return catalogue.text(
        new Message(message.key(), message.arguments().stream().map(Harmless::text).toList()));
  }

  /// The file that a diagnostic is about.
  String path(Diagnostic diagnostic) {
    return diagnostic.place().map(place -> paths.apply(place.file().path())).orElse(home);
  }

  /// The sentence with the other places and the advice, one per line.
  String whole(Diagnostic diagnostic) {
    StringBuilder text = new StringBuilder(text(diagnostic.message()));
    for (Related related : diagnostic.related()) {
      text.append('\n')
          .append(Harmless.text(paths.apply(related.place().file().path())))
          .append(':')
          .append(related.place().line())
          .append(": ")
          .append(text(related.message()));
    }
    diagnostic.hint().ifPresent(hint -> text.append('\n').append(text(hint)));
    return text.toString();
  }
}
