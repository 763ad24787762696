package io.gops.syntax;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.grammar.GopsParser;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.ArrayList;
import java.util.List;

/// Puts lost brackets where the indentation says they belong.
///
/// One walk over a text whose brackets do not pair up. A line that starts no deeper than the line
/// that opened a block ends that block; a line that starts deeper than a head without `{` needs
/// one; a bracket that closes nothing on its line, in a text with one too many, is left out.
final class BracketRepair {
  private final Lexemes in;
  private final SyntaxErrors errors;
  private final SourceFile file;
  private final Lexemes out = new Lexemes();
  private final List<Open> open = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final int excess;

  /// A bracket that is not closed yet.
  ///
  /// @param at index in `out`
  /// @param line line it stands on
  /// @param indent indentation of that line
  private record Open(int type, int at, int line, int indent) {}

  private record Finding(Span span, Diagnostic.Builder error) {}

  BracketRepair(Lexemes in, SyntaxErrors errors) {
    this.in = in;
    this.errors = errors;
    this.file = errors.file();
    int opening = 0;
    int closing = 0;
    for (int i = 0; i < in.size(); i++) {
      opening += Brackets.opens(in.type(i)) ? 1 : 0;
      closing += Brackets.closes(in.type(i)) ? 1 : 0;
    }
    this.excess = closing - opening;
  }

  /// How many brackets were put in or left out.
  int count() {
    return findings.size();
  }

  void report() {
    findings.forEach(finding -> errors.report(finding.span(), finding.error()));
  }

  Lexemes run() {
    for (int i = 0; i < in.size(); i++) {
      int type = in.type(i);
      boolean first = type != GopsParser.NEWLINE && startsLine(i);
      if (first) {
        openLostBlock(i);
        closeBlocksAbove(i);
      }
      if (Brackets.opens(type)) {
        takeOpening(i);
      } else if (Brackets.closes(type)) {
        takeClosing(i, first);
      } else {
        if (type == GopsParser.SET || type == GopsParser.APPEND) {
          closeListBeforeAssignment();
        }
        out.add(in, i);
      }
    }
    while (!open.isEmpty()) {
      putClosing(in.size());
    }
    return out;
  }

  // ---- lines

  private boolean startsLine(int i) {
    return i == 0 || in.type(i - 1) == GopsParser.NEWLINE;
  }

  private int line(int i) {
    return file.line(in.start(i));
  }

  /// Width of the blanks at the start of a line; a tab reaches the next multiple of four.
  private int indent(int line) {
    int width = 0;
    for (int at = file.lineStart(line); at < file.text().length(); at++) {
      char c = file.text().charAt(at);
      if (c == '\t') {
        width = width / 4 * 4 + 4;
      } else if (c == ' ') {
        width++;
      } else {
        break;
      }
    }
    return width;
  }

  // ---- lost opening brackets

  /// `game clx` and a deeper line below: the head has lost its `{`.
  private void openLostBlock(int i) {
    int last = out.size() - 1;
    while (last >= 0 && out.type(last) == GopsParser.NEWLINE) {
      last--;
    }
    if (excess <= 0 || last < 0 || !Brackets.isHeadWord(out.type(last))) {
      return;
    }
    int headLine = file.line(out.start(last));
    int head = last;
    while (head > 0 && out.type(head - 1) != GopsParser.NEWLINE) {
      head--;
      if (!Brackets.isHeadWord(out.type(head)) && out.type(head) != GopsParser.DOT) {
        return;
      }
    }
    if (out.type(head) == GopsParser.IDENTIFIER && indent(line(i)) > indent(headLine)) {
      Span span = Span.between(out.start(head), out.end(last));
      int end = out.end(last);
      found(
          span,
          SyntaxErrors.of(Code.GOPS1016, file.text(span))
              .fix(errors.place(new Span(end, 0)), " {", "fix"));
      out.insert(last + 1, GopsParser.OPEN);
      open.add(new Open(GopsParser.OPEN, last + 1, headLine, indent(headLine)));
    }
  }

  /// `base  cpu = 1cores, memory = 2Gi }`: the `{` was before the first name that is assigned.
  private boolean openLostOnLine(int i) {
    int line = line(i);
    int start = out.size();
    int depth = 0;
    int lost = -1;
    while (start > 0 && file.line(out.start(start - 1)) == line) {
      int type = out.type(--start);
      depth += Brackets.closes(type) ? 1 : Brackets.opens(type) ? -1 : 0;
      if (depth < 0) {
        return false;
      }
      int before = out.type(start - 1);
      boolean begins = Brackets.opens(before) || before == GopsParser.COMMA;
      if (depth == 0
          && assignedName(start)
          && !begins
          && start > 0
          && before != GopsParser.NEWLINE) {
        lost = start;
      }
    }
    if (lost < 0) {
      return false;
    }
    int at = out.start(lost);
    found(
        Span.between(out.start(start), out.end(lost - 1)),
        SyntaxErrors.of(Code.GOPS1016, file.text(Span.between(out.start(start), out.end(lost - 1))))
            .fix(errors.place(new Span(at, 0)), "{ ", "fix"));
    out.insert(lost, GopsParser.OPEN);
    return true;
  }

  /// `keys = "user", "password"]`: the `[` was behind the sign.
  private boolean openLostList() {
    int at = out.size() - 1;
    boolean several = false;
    while (at > 0 && out.type(at) != GopsParser.SET && out.type(at) != GopsParser.APPEND) {
      if (Brackets.opens(out.type(at)) || Brackets.closes(out.type(at))) {
        return false;
      }
      several |= out.type(at) == GopsParser.COMMA;
      at--;
    }
    if (at <= 0 || !(several || out.type(at + 1) == GopsParser.NEWLINE)) {
      return false;
    }
    Span assigned = Span.between(out.start(at - 1), out.end(at));
    found(
        assigned,
        SyntaxErrors.of(Code.GOPS1016)
            .saying("list", file.text(assigned))
            .fix(errors.place(new Span(out.end(at), 0)), " [", "fix"));
    out.insert(at + 1, GopsParser.OPEN_LIST);
    return true;
  }

  private boolean assignedName(int at) {
    int next = out.type(at + 1);
    return out.type(at) == GopsParser.IDENTIFIER
        && (next == GopsParser.SET || next == GopsParser.APPEND);
  }

  // ---- lost closing brackets

  /// Closes what the first token of a line is not indented enough to belong to.
  private void closeBlocksAbove(int i) {
    int line = line(i);
    int indent = indent(line);
    boolean closing = Brackets.closes(in.type(i));
    while (!open.isEmpty()) {
      Open top = open.getLast();
      boolean outside = closing ? indent < top.indent() : indent <= top.indent();
      if (top.line() == line || !outside) {
        return;
      }
      putClosing(i);
    }
  }

  /// `[1, 2, next = 3`: a list holds no assignment, so it ended before the name.
  private void closeListBeforeAssignment() {
    if (excess >= 0
        || open.isEmpty()
        || open.getLast().type() != GopsParser.OPEN_LIST
        || out.type(out.size() - 1) != GopsParser.IDENTIFIER) {
      return;
    }
    int at = out.size() - 1;
    while (out.type(at - 1) == GopsParser.NEWLINE || out.type(at - 1) == GopsParser.COMMA) {
      at--;
    }
    Open list = open.removeLast();
    int end = out.end(at - 1);
    found(new Span(end, 0), notClosed(list).fix(errors.place(new Span(end, 0)), "]", "fix"));
    out.insert(at, GopsParser.CLOSE_LIST);
  }

  /// Closes the innermost bracket before the token `next` of the input.
  private void putClosing(int next) {
    Open top = open.removeLast();
    int last = out.size();
    while (last > top.at() + 1 && out.type(last - 1) == GopsParser.NEWLINE) {
      last--;
    }
    int end = out.end(last - 1);
    boolean oneLine = file.line(Math.max(0, end - 1)) == top.line() && last > top.at() + 1;
    String sign = Brackets.sign(Brackets.closing(top.type()));
    String text = oneLine ? " " + sign : "\n" + " ".repeat(top.indent()) + sign;
    found(
        lostPlace(end, oneLine, next),
        notClosed(top).fix(errors.place(new Span(end, 0)), text, "fix"));
    out.insert(last, Brackets.closing(top.type()));
  }

  private Diagnostic.Builder notClosed(Open bracket) {
    int head = bracket.at();
    while (head > 0 && Brackets.isHeadWord(out.type(head - 1))) {
      head--;
    }
    String name = file.text(Span.between(out.start(head), out.end(bracket.at())));
    return SyntaxErrors.of(Code.GOPS1014, Brackets.sign(Brackets.closing(bracket.type())), name)
        .related(errors.place(out.span(bracket.at())), "related");
  }

  /// On the empty line where the bracket belongs, or behind the text before it.
  private Span lostPlace(int end, boolean oneLine, int next) {
    int line = file.line(Math.max(0, end - 1));
    int nextLine = next < in.size() ? line(next) : file.lineCount();
    if (oneLine || nextLine <= line + 1) {
      return new Span(end, 0);
    }
    int start = file.lineStart(line + 1);
    return new Span(start + leadingBlanks(file.lineText(line + 1)), 0);
  }

  private static int leadingBlanks(String text) {
    int count = 0;
    while (count < text.length() && (text.charAt(count) == ' ' || text.charAt(count) == '\t')) {
      count++;
    }
    return count;
  }

  // ---- brackets that are there

  private void takeOpening(int i) {
    boolean doubled =
        excess < 0
            && in.type(i) == in.type(i - 1)
            && !open.isEmpty()
            && open.getLast().at() == out.size() - 1;
    if (doubled) {
      leaveOut(i);
      return;
    }
    int line = line(i);
    open.add(new Open(in.type(i), out.size(), line, indent(line)));
    out.add(in, i);
  }

  private void takeClosing(int i, boolean first) {
    int type = in.type(i);
    int partner = open.size() - 1;
    while (partner >= 0 && Brackets.closing(open.get(partner).type()) != type) {
      partner--;
    }
    boolean elsewhere = partner >= 0 && open.get(partner).line() != line(i);
    boolean lonely = partner < 0 || (!first && elsewhere && excess > 0);
    boolean opened =
        lonely
            && switch (type) {
              case GopsParser.CLOSE -> openLostOnLine(i);
              case GopsParser.CLOSE_LIST -> openLostList();
              default -> false;
            };
    if (opened) {
      out.add(in, i);
    } else if (lonely) {
      leaveOut(i);
    } else {
      while (open.size() - 1 > partner) {
        putClosing(i);
      }
      open.removeLast();
      out.add(in, i);
    }
  }

  /// It can go when it repeats another; else what it closed has lost its beginning.
  private void leaveOut(int i) {
    Diagnostic.Builder error = SyntaxErrors.of(Code.GOPS1015, Brackets.sign(in.type(i)));
    boolean repeats =
        Brackets.closes(in.type(i - 1)) || in.type(i - 1) == GopsParser.NEWLINE || i == 0;
    found(in.span(i), repeats ? error.fix(errors.place(in.span(i)), "", "fix") : error);
  }

  private void found(Span span, Diagnostic.Builder error) {
    findings.add(new Finding(span, error));
  }
}
