package io.gops.syntax;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.grammar.GopsParser;
import io.gops.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Balances the brackets of a file, so that a lost one costs the parser nothing but itself.
///
/// Balanced text passes unchanged, however it is indented. Otherwise the indentation says where
/// the lost bracket belongs ([BracketRepair]); if it does not explain the text, each bracket
/// without a partner is reported where it stands.
final class Brackets {
  /// Deepest nesting that is read; a fleet needs about six.
  static final int DEPTH_LIMIT = 200;

  /// What begins a line that no block can follow.
  private static final Set<String> NEVER_A_HEAD = Set.of("import", "const", "required");

  private Brackets() {}

  /// Returns the lexemes with brackets put in, left out and reported.
  static Lexemes balance(Lexemes lexemes, SyntaxErrors errors) {
    Lexemes shallow = cutDepth(lexemes, errors);
    List<Integer> lonely = lonely(shallow);
    Lexemes balanced = shallow;
    if (!lonely.isEmpty()) {
      BracketRepair repair = new BracketRepair(shallow, errors);
      balanced = repair.run();
      if (repair.count() > 2 + 2 * lonely.size() || !lonely(balanced).isEmpty()) {
        balanced = dropLonely(shallow, lonely, errors);
      } else {
        repair.report();
      }
    }
    return joinLines(balanced, errors);
  }

  static boolean opens(int type) {
    return type == GopsParser.OPEN || type == GopsParser.OPEN_LIST || type == GopsParser.OPEN_GROUP;
  }

  static boolean closes(int type) {
    return type == GopsParser.CLOSE
        || type == GopsParser.CLOSE_LIST
        || type == GopsParser.CLOSE_GROUP;
  }

  /// Type of the bracket that closes `open`.
  static int closing(int open) {
    return switch (open) {
      case GopsParser.OPEN -> GopsParser.CLOSE;
      case GopsParser.OPEN_LIST -> GopsParser.CLOSE_LIST;
      default -> GopsParser.CLOSE_GROUP;
    };
  }

  /// How a bracket is written.
  static String sign(int type) {
    return switch (type) {
      case GopsParser.OPEN -> "{";
      case GopsParser.CLOSE -> "}";
      case GopsParser.OPEN_LIST -> "[";
      case GopsParser.CLOSE_LIST -> "]";
      case GopsParser.OPEN_GROUP -> "(";
      default -> ")";
    };
  }

  /// Leaves out what is nested too deep, with its brackets: the parser recurses.
  private static Lexemes cutDepth(Lexemes lexemes, SyntaxErrors errors) {
    int depth = 0;
    Lexemes kept = new Lexemes();
    for (int i = 0; i < lexemes.size(); i++) {
      int type = lexemes.type(i);
      if (opens(type) && ++depth == DEPTH_LIMIT + 1) {
        errors.report(lexemes.span(i), SyntaxErrors.of(Code.GOPS1013, DEPTH_LIMIT));
      }
      if (depth <= DEPTH_LIMIT) {
        kept.add(lexemes, i);
      }
      if (closes(type) && depth > 0) {
        depth--;
      }
    }
    return kept;
  }

  /// Indexes of the brackets without a partner.
  private static List<Integer> lonely(Lexemes lexemes) {
    List<Integer> open = new ArrayList<>();
    List<Integer> lonely = new ArrayList<>();
    for (int i = 0; i < lexemes.size(); i++) {
      int type = lexemes.type(i);
      if (opens(type)) {
        open.add(i);
      } else if (closes(type)) {
        if (!open.isEmpty() && closing(lexemes.type(open.getLast())) == type) {
          open.removeLast();
        } else {
          lonely.add(i);
        }
      }
    }
    lonely.addAll(open);
    return lonely;
  }

  private static Lexemes dropLonely(Lexemes lexemes, List<Integer> lonely, SyntaxErrors errors) {
    Lexemes kept = new Lexemes();
    List<Integer> sorted = lonely.stream().sorted().toList();
    int next = 0;
    for (int i = 0; i < lexemes.size(); i++) {
      if (next < sorted.size() && sorted.get(next) == i) {
        next++;
        errors.report(lexemes.span(i), SyntaxErrors.of(Code.GOPS1015, sign(lexemes.type(i))));
      } else {
        kept.add(lexemes, i);
      }
    }
    return kept;
  }

  /// Between parentheses a new line has no meaning; a `{` on a line of its own belongs to the head
  /// above it.
  private static Lexemes joinLines(Lexemes lexemes, SyntaxErrors errors) {
    Lexemes joined = new Lexemes();
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < lexemes.size(); i++) {
      int type = lexemes.type(i);
      if (type == GopsParser.OPEN && joined.type(joined.size() - 1) == GopsParser.NEWLINE) {
        joinHead(joined, lexemes.span(i), errors);
      }
      if (opens(type)) {
        open.add(type);
      } else if (closes(type) && !open.isEmpty()) {
        open.removeLast();
      }
      boolean inGroup = !open.isEmpty() && open.getLast() == GopsParser.OPEN_GROUP;
      if (type != GopsParser.NEWLINE || !inGroup) {
        joined.add(lexemes, i);
      }
    }
    return joined;
  }

  private static void joinHead(Lexemes joined, Span brace, SyntaxErrors errors) {
    int last = joined.size() - 1;
    while (joined.type(last) == GopsParser.NEWLINE) {
      last--;
    }
    int head = last;
    while (isHeadWord(joined.type(head)) || joined.type(head) == GopsParser.DOT) {
      head--;
    }
    boolean startsStatement =
        head < 0
            || joined.type(head) == GopsParser.NEWLINE
            || joined.type(head) == GopsParser.COMMA
            || joined.type(head) == GopsParser.OPEN;
    if (head == last
        || !startsStatement
        || joined.type(head + 1) != GopsParser.IDENTIFIER
        || NEVER_A_HEAD.contains(errors.file().text(joined.span(head + 1)))) {
      return;
    }
    Span between = Span.between(joined.end(last), brace.offset());
    Diagnostic.Builder error = SyntaxErrors.of(Code.GOPS1017);
    errors.reportHabit(
        brace,
        errors.file().text(between).isBlank()
            ? error.fix(errors.place(between), " ", "fix")
            : error);
    joined.truncate(last + 1);
  }

  /// Whether a token may stand in the head of a declaration.
  static boolean isHeadWord(int type) {
    return type == GopsParser.IDENTIFIER
        || type == GopsParser.STRING
        || type == GopsParser.INTEGER
        || type == GopsParser.RANGE;
  }
}
