package io.gops.diagnostic;

import io.gops.source.Place;
import java.util.ArrayList;
import java.util.List;

/// Diagnostics as GitHub workflow commands, which become annotations of the changed lines.
///
/// GitHub shows ten annotations of a kind for each step and drops the others without a word, so
/// what is left out is counted in a last line.
public final class GitHubReport {
  /// Annotations of one kind that a step may have.
  private static final int SHOWN = 10;

  private final Presentation presentation;

  public GitHubReport(Presentation presentation) {
    this.presentation = presentation;
  }

  /// One command per line; empty when there is nothing to say.
  public String print(List<Diagnostic> diagnostics) {
    StringBuilder out = new StringBuilder();
    List<String> more = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      List<Diagnostic> all = diagnostics.stream().filter(d -> d.severity() == severity).toList();
      // One place among the notes stays free for the line that counts the rest.
      int shown = severity == Severity.NOTE ? SHOWN - 1 : SHOWN;
      all.stream().limit(shown).forEach(diagnostic -> print(diagnostic, out));
      if (all.size() > shown) {
        more.add("+" + (all.size() - shown) + " more " + severity.word() + "s");
      }
    }
    if (!more.isEmpty()) {
      out.append("::notice title=gopsc::").append(data(String.join(", ", more))).append('\n');
    }
    return out.toString();
  }

  private void print(Diagnostic diagnostic, StringBuilder out) {
    String command =
        switch (diagnostic.severity()) {
          case ERROR -> "error";
          case WARNING -> "warning";
          case NOTE -> "notice";
        };
    out.append("::").append(command).append(" file=");
    out.append(property(presentation.path(diagnostic)));
    diagnostic.place().ifPresent(place -> region(place, out));
    out.append(",title=").append(diagnostic.code().name());
    out.append("::").append(data(presentation.whole(diagnostic))).append('\n');
  }

  /// Columns mean something to GitHub on a single line only.
  private static void region(Place place, StringBuilder out) {
    int end = place.file().line(place.span().end());
    out.append(",line=").append(place.line()).append(",endLine=").append(end);
    if (end == place.line()) {
      out.append(",col=").append(place.column());
      out.append(",endColumn=").append(place.file().column(place.span().end()));
    }
  }

  /// The text of a command. A line end would let the text begin a command of its own.
  public static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  /// The value of a command's property, where commas and colons have a meaning as well.
  public static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
