package io.gops.syntax;

import io.gops.diagnostic.Code;
import io.gops.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits the text between quotes into what stands for itself and what is interpolated.
///
/// Escapes: a backslash before a quote, a backslash, `n`, `t`, or `u{4E2D}` for a code point in
/// hexadecimal; `$${` is a literal `${`.
final class StringReader {
  private static final Pattern INTERPOLATION =
      Pattern.compile(
          "\\$\\{([A-Za-z_](?:[A-Za-z0-9_]|-+[A-Za-z0-9_])*+"
              + "(?:\\.(?:[A-Za-z_](?:[A-Za-z0-9_]|-+[A-Za-z0-9_])*+|[0-9]{1,18}))*+)"
              + "(?::0([1-9])d)?\\}");
  private static final Pattern UNICODE = Pattern.compile("\\\\u\\{([0-9A-Fa-f]{1,6})\\}");

  private final SyntaxErrors errors;
  private final String text;
  private final int end;
  private final List<StringPart> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private int literalStart;
  private int at;

  private StringReader(Span token, SyntaxErrors errors) {
    this.errors = errors;
    this.text = errors.file().text();
    this.at = token.offset() + 1;
    this.literalStart = at;
    boolean closed = token.length() > 1 && isQuote(text.charAt(token.end() - 1));
    this.end = closed ? token.end() - 1 : token.end();
  }

  /// Reads the string that covers `token`, its quotes included.
  static Expression.StringLiteral read(Span token, SyntaxErrors errors) {
    StringReader reader = new StringReader(token, errors);
    reader.run();
    return new Expression.StringLiteral(token, reader.parts);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '\u201D' || c == '\u2019';
  }

  private void run() {
    while (at < end) {
      char c = text.charAt(at);
      if (c == '\\') {
        escape();
      } else if (text.startsWith("$${", at)) {
        literal.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        interpolation();
      } else {
        if (isControl(c)) {
          errors.report(
              new Span(at, 1),
              SyntaxErrors.of(
                  Code.GOPS1012, String.format(java.util.Locale.ROOT, "U+%04X", (int) c)));
        }
        literal.append(c);
        at++;
      }
    }
    flush(end);
  }

  /// Control characters, and those that change the direction of the text around them.
  private static boolean isControl(char c) {
    return (c < ' ' && c != '\t')
        || (c >= '\u007F' && c <= '\u009F')
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }

  private void escape() {
    char c = at + 1 < end ? text.charAt(at + 1) : ' ';
    Matcher unicode = UNICODE.matcher(text).region(at, end);
    switch (c) {
      case '"', '\\' -> literal.append(c);
      case 'n' -> literal.append('\n');
      case 't' -> literal.append('\t');
      case 'u' -> {
        int value = unicode.lookingAt() ? Integer.parseInt(unicode.group(1), 16) : -1;
        if (!Character.isValidCodePoint(value) || (value >= 0xD800 && value <= 0xDFFF)) {
          badEscape();
        } else {
          literal.appendCodePoint(value);
          at = unicode.end();
          return;
        }
      }
      default -> badEscape();
    }
    at = Math.min(at + 2, end);
  }

  private void badEscape() {
    Span span = Span.between(at, Math.min(at + 2, end));
    errors.report(
        span,
        SyntaxErrors.of(Code.GOPS1010, errors.file().text(span))
            .hint("hint")
            .fix(errors.place(new Span(at, 1)), "\\\\", "fix"));
  }

  private void interpolation() {
    Matcher matcher = INTERPOLATION.matcher(text).region(at, end);
    if (!matcher.lookingAt()) {
      int close = text.indexOf('}', at);
      int until = close < 0 || close >= end ? end : close + 1;
      Span span = Span.between(at, until);
      errors.report(span, SyntaxErrors.of(Code.GOPS1011, errors.file().text(span)).hint("hint"));
      literal.append(text, at, until);
      at = until;
      return;
    }
    flush(at);
    String digits = matcher.group(2);
    parts.add(
        new StringPart.Interpolation(
            Span.between(at, matcher.end()),
            path(matcher.start(1), matcher.group(1)),
            digits == null ? 0 : Integer.parseInt(digits)));
    at = matcher.end();
    literalStart = at;
  }

  private static Path path(int start, String text) {
    List<Path.Segment> segments = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int dot = text.indexOf('.', from);
      int to = dot < 0 ? text.length() : dot;
      String segment = text.substring(from, to);
      Span span = Span.between(start + from, start + to);
      if (Character.isDigit(segment.charAt(0))) {
        long number = Long.parseLong(segment);
        segments.add(new Path.NumberSegment(span, number, number));
      } else {
        segments.add(new Path.NameSegment(span, segment));
      }
      from = to + 1;
    }
    return new Path(new Span(start, text.length()), segments);
  }

  private void flush(int until) {
    if (!literal.isEmpty()) {
      parts.add(new StringPart.Literal(Span.between(literalStart, until), literal.toString()));
      literal.setLength(0);
    }
    literalStart = until;
  }
}
