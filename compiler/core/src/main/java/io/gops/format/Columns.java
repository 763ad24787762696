package io.gops.format;

import io.gops.syntax.Const;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lines up what neighbours have in common, as far as no blank line comes between them: the `=` of
/// assignments, the `{` of blocks, the arrows of rules.
///
/// Blocks without a label, such as `waves { … }`, line up with the assignments or with the labelled
/// blocks around them, whichever come first.
final class Columns {
  private final SyntaxTree tree;
  private final List<Line> lines;
  private final int[] lineOf;

  /// What a row has to line up.
  private enum Kind {
    ASSIGNMENT,
    PLAIN_BLOCK,
    LABELLED_BLOCK,
    RULE,
    OTHER
  }

  /// One item in a table.
  ///
  /// @param line index of its first line of code
  /// @param last index of its last line
  /// @param sign offset of the `=`, `{` or arrow; -1 for none
  /// @param base offset of the `from`; -1 for none
  private record Row(Kind kind, int line, int last, int sign, int base) {}

  private Columns(SyntaxTree tree, List<Line> lines) {
    this.tree = tree;
    this.lines = lines;
    this.lineOf = new int[tree.file().lineCount() + 1];
    for (int i = 0; i < lines.size(); i++) {
      lineOf[tree.file().line(lines.get(i).piece(0).offset())] = i;
    }
    for (int i = 1; i < lineOf.length; i++) {
      lineOf[i] = Math.max(lineOf[i], lineOf[i - 1]);
    }
  }

  static void align(SyntaxTree tree, List<Line> lines) {
    Columns columns = new Columns(tree, lines);
    columns.table(tree.consts().stream().map(columns::row).toList());
    tree.consts().forEach(constant -> columns.inside(constant.value()));
    columns.items(tree.items());
  }

  // ---- walk

  private void items(List<? extends Item> items) {
    items.forEach(this::inside);
    table(items.stream().map(this::row).toList());
  }

  private void inside(Item item) {
    switch (item) {
      case Item.Declaration declaration -> items(declaration.items());
      case Item.Assignment assignment -> inside(assignment.value());
      case Item.ExpectProperty expect -> items(expect.arguments());
      case Item.Required _, Item.Rule _, Item.ExpectReachable _, Item.Broken _ -> {}
    }
  }

  private void inside(Expression value) {
    switch (value) {
      case Expression.ObjectLiteral object -> items(object.entries());
      case Expression.ListLiteral list -> list.elements().forEach(this::inside);
      case Expression.Int _,
          Expression.Decimal _,
          Expression.Quantity _,
          Expression.Percent _,
          Expression.Bool _,
          Expression.TimeOfDay _,
          Expression.Address _,
          Expression.Cidr _,
          Expression.Range _,
          Expression.StringLiteral _,
          Expression.PointList _,
          Expression.Point _,
          Expression.Reference _,
          Expression.Binary _,
          Expression.Negation _,
          Expression.Broken _ -> {}
    }
  }

  // ---- rows

  private int line(int offset) {
    return lineOf[tree.file().line(offset)];
  }

  private Row row(Const constant) {
    int sign = constant.name().span().end();
    return new Row(Kind.ASSIGNMENT, line(sign - 1), line(constant.span().end() - 1), sign, -1);
  }

  private Row row(Item item) {
    int last = line(Math.max(item.span().offset(), item.span().end() - 1));
    return switch (item) {
      case Item.Assignment assignment -> {
        int sign = assignment.path().span().end();
        yield new Row(Kind.ASSIGNMENT, line(sign - 1), last, sign, -1);
      }
      case Item.Declaration declaration -> row(declaration, last);
      case Item.Rule rule -> {
        int sign = rule.from().span().end();
        yield new Row(Kind.RULE, line(sign - 1), last, sign, -1);
      }
      case Item.Required _, Item.ExpectReachable _, Item.ExpectProperty _, Item.Broken _ ->
          new Row(Kind.OTHER, line(item.span().offset()), last, -1, -1);
    };
  }

  private Row row(Item.Declaration declaration, int last) {
    int line = line(declaration.kind().span().offset());
    Optional<Integer> body = declaration.body().map(b -> b.span().offset());
    if (body.isEmpty()) {
      return new Row(Kind.OTHER, line, last, -1, -1);
    }
    int base = declaration.base().isPresent() ? declaration.head().end() : -1;
    boolean plain = declaration.labels().isEmpty() && base < 0;
    boolean multiLine = last > line;
    Kind kind = plain ? Kind.PLAIN_BLOCK : multiLine ? Kind.OTHER : Kind.LABELLED_BLOCK;
    return new Row(kind, line, last, body.get(), base);
  }

  // ---- tables

  /// Splits siblings into tables and lines up each.
  private void table(List<Row> siblings) {
    List<Row> table = new ArrayList<>();
    Kind kind = Kind.PLAIN_BLOCK;
    for (int i = 0; i < siblings.size(); i++) {
      Row row = siblings.get(i);
      boolean alone = !sharesLine(siblings, i) && lines.get(row.line()).hasColumns();
      boolean apart =
          table.isEmpty() || blankBetween(table.getLast(), row) || !fits(kind, row, table);
      if (apart || !alone) {
        lineUp(kind, table);
        table.clear();
        kind = Kind.PLAIN_BLOCK;
      }
      if (alone && row.kind() != Kind.OTHER) {
        kind = kind == Kind.PLAIN_BLOCK ? row.kind() : kind;
        table.add(row);
      }
    }
    lineUp(kind, table);
  }

  private static boolean sharesLine(List<Row> rows, int i) {
    return (i > 0 && rows.get(i - 1).last() >= rows.get(i).line())
        || (i + 1 < rows.size() && rows.get(i + 1).line() <= rows.get(i).last());
  }

  private boolean blankBetween(Row above, Row row) {
    for (int i = above.last() + 1; i <= row.line(); i++) {
      if (lines.get(i).blankBefore()) {
        return true;
      }
    }
    return false;
  }

  /// Whether a row continues a table of `kind`. A block of several lines lines up with assignments
  /// only.
  private static boolean fits(Kind kind, Row row, List<Row> table) {
    boolean multiLine = row.last() > row.line() || hasMultiLineBlock(table);
    return switch (row.kind()) {
      case ASSIGNMENT -> kind == Kind.ASSIGNMENT || kind == Kind.PLAIN_BLOCK;
      case PLAIN_BLOCK -> kind == Kind.ASSIGNMENT || (!multiLine && kind != Kind.RULE);
      case LABELLED_BLOCK ->
          !multiLine && (kind == Kind.LABELLED_BLOCK || kind == Kind.PLAIN_BLOCK);
      case RULE -> kind == Kind.RULE;
      case OTHER -> false;
    };
  }

  private static boolean hasMultiLineBlock(List<Row> table) {
    return table.stream()
        .anyMatch(row -> row.kind() == Kind.PLAIN_BLOCK && row.last() > row.line());
  }

  private void lineUp(Kind kind, List<Row> table) {
    if (kind == Kind.RULE) {
      lineUpRules(table);
      return;
    }
    lineUpAt(table.stream().filter(row -> row.base() >= 0).toList(), true);
    lineUpAt(table, false);
  }

  private void lineUpAt(List<Row> rows, boolean atBase) {
    int column = rows.stream().mapToInt(row -> width(row, atBase)).max().orElse(0);
    for (Row row : rows) {
      Line line = lines.get(row.line());
      int index = index(row, atBase);
      if (index < line.size()) {
        line.widen(index, column - width(row, atBase));
      }
    }
  }

  private int index(Row row, boolean atBase) {
    return lines.get(row.line()).indexOf(atBase ? row.base() : row.sign());
  }

  private int width(Row row, boolean atBase) {
    return lines.get(row.line()).widthBefore(index(row, atBase));
  }

  /// Verdicts take one column, and arrows end in one: `->` under the head of `<->`.
  private void lineUpRules(List<Row> rules) {
    int verdict = rules.stream().mapToInt(row -> verdictWidth(row)).max().orElse(0);
    for (Row row : rules) {
      Line line = lines.get(row.line());
      line.widen(verdictIndex(row) + 1, verdict - verdictWidth(row));
    }
    int column = rules.stream().mapToInt(this::arrowEnd).max().orElse(0);
    for (Row row : rules) {
      lines.get(row.line()).widen(index(row, false), column - arrowEnd(row));
    }
  }

  private int verdictIndex(Row row) {
    Line line = lines.get(row.line());
    int index = 0;
    while (!line.piece(index).text().equals("allow") && !line.piece(index).text().equals("deny")) {
      index++;
    }
    return index;
  }

  private int verdictWidth(Row row) {
    return lines.get(row.line()).widthBefore(verdictIndex(row) + 1);
  }

  private int arrowEnd(Row row) {
    Line line = lines.get(row.line());
    return line.widthBefore(index(row, false) + 1);
  }
}
