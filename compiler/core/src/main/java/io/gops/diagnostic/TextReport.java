package io.gops.diagnostic;

import io.gops.source.Place;
import java.util.List;
import java.util.function.UnaryOperator;

/// Prints diagnostics for a person: the message, the source line with the place underlined, the
/// other places involved, and what to do.
public final class TextReport {
  private final Catalogue catalogue;
  private final Palette palette;
  private final UnaryOperator<String> paths;

  /// @param paths makes of a path in the fleet's folder the one that the reader can open
  public TextReport(Catalogue catalogue, Palette palette, UnaryOperator<String> paths) {
    this.catalogue = catalogue;
    this.palette = palette;
    this.paths = paths;
  }

  /// With paths as the fleet has them.
  public TextReport(Catalogue catalogue, Palette palette) {
    this(catalogue, palette, UnaryOperator.identity());
  }

  /// Each diagnostic, followed by an empty line.
  public String print(List<Diagnostic> diagnostics) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      print(diagnostic, out);
      out.append('\n');
    }
    return out.toString();
  }

  /// `2 errors, 1 warning`; empty when there is nothing to count.
  public String summary(List<Diagnostic> diagnostics) {
    return summary(diagnostics, 0);
  }

  /// The same with the number of those that a suppression left out: `1 warning, 2 suppressed`.
  public String summary(List<Diagnostic> diagnostics, long suppressed) {
    StringBuilder line = new StringBuilder();
    for (Severity severity : Severity.values()) {
      long count = diagnostics.stream().filter(d -> d.severity() == severity).count();
      if (count > 0) {
        String number = count == 1 ? "one" : "many";
        line.append(line.isEmpty() ? "" : word("separator"))
            .append(word(severity.word() + "." + number, count));
      }
    }
    if (suppressed > 0) {
      line.append(line.isEmpty() ? "" : word("separator")).append(word("suppressed", suppressed));
    }
    return line.toString();
  }

  private void print(Diagnostic diagnostic, StringBuilder out) {
    Severity severity = diagnostic.severity();
    out.append(
            palette.severity(
                severity, word(severity.word()) + "[" + diagnostic.code().name() + "]"))
        .append(palette.strong(": " + text(diagnostic.message())))
        .append('\n');
    int gutter = gutter(diagnostic);
    diagnostic.place().ifPresent(place -> excerpt(place, "-->", severity, "", gutter, out));
    for (Related related : diagnostic.related()) {
      excerpt(related.place(), ":::", Severity.NOTE, text(related.message()), gutter, out);
    }
    diagnostic.hint().ifPresent(hint -> advice("help", text(hint), gutter, out));
    for (Fix fix : diagnostic.fixes()) {
      advice("fix", text(fix.title()), gutter, out);
    }
  }

  private void excerpt(
      Place place, String arrow, Severity severity, String label, int gutter, StringBuilder out) {
    Excerpt excerpt = Excerpt.of(place);
    String margin = " ".repeat(gutter);
    String number = Integer.toString(excerpt.line());
    String where =
        Harmless.text(paths.apply(place.file().path())) + ":" + place.line() + ":" + place.column();
    out.append(margin).append(palette.frame(arrow)).append(' ').append(where).append('\n');
    out.append(margin).append(palette.frame(" |")).append('\n');
    out.append(" ".repeat(gutter - number.length()))
        .append(palette.frame(number + " |"))
        .append(excerpt.text().isEmpty() ? "" : " ")
        .append(excerpt.text())
        .append('\n');
    String mark = severity == Severity.NOTE ? "-" : "^";
    String underline = mark.repeat(excerpt.width());
    if (excerpt.lastLine() > excerpt.line()) {
      underline += word("to-line", excerpt.lastLine());
    }
    out.append(margin)
        .append(palette.frame(" |"))
        .append(" ".repeat(1 + excerpt.start()))
        .append(palette.severity(severity, label.isEmpty() ? underline : underline + " " + label))
        .append('\n');
  }

  private void advice(String kind, String text, int gutter, StringBuilder out) {
    out.append(" ".repeat(gutter))
        .append(palette.frame(" = "))
        .append(palette.strong(word(kind) + ": "))
        .append(text)
        .append('\n');
  }

  /// Columns that the widest line number of a diagnostic takes.
  private static int gutter(Diagnostic diagnostic) {
    int widest = diagnostic.place().map(Place::line).orElse(1);
    for (Related related : diagnostic.related()) {
      widest = Math.max(widest, related.place().line());
    }
    return Integer.toString(widest).length();
  }

  private String word(String key, Object... arguments) {
    return catalogue.text(Message.of("report." + key, arguments));
  }

  private String text(Message message) {
    List<String> shown = message.arguments().stream().map(Harmless::text).toList();
    return catalogue.text(new Message(message.key(), shown));
  }
}
