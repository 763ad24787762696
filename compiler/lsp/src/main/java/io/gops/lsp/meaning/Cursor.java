package io.gops.lsp.meaning;

import io.gops.schema.Kind;
import io.gops.schema.Schema;
import io.gops.syntax.SyntaxTree;
import io.gops.syntax.TokenKind;
import io.gops.syntax.Tokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Where a cursor stands, read from the words before it: a statement that is being written has no
/// tree yet.
///
/// @param blocks the heads of the blocks around, outermost first
/// @param before the words of the statement at hand, before the word being written
/// @param word the beginning of the word being written; empty between words
/// @param wordStart offset of that word
/// @param present names that the block around sets already, and kinds that it has
/// @param inText whether the cursor is inside a string
public record Cursor(
    List<List<String>> blocks,
    List<String> before,
    String word,
    int wordStart,
    Set<String> present,
    boolean inText) {
  public Cursor {
    blocks = List.copyOf(blocks);
    before = List.copyOf(before);
  }

  private static final String OVERRIDE = "override";

  /// A block or bracket that is open.
  private static final class Open {
    private final List<String> head;
    private final boolean isBlock;
    private final List<String> statement = new ArrayList<>();
    private final Set<String> present = new TreeSet<>();

    Open(List<String> head, boolean isBlock) {
      this.head = head;
      this.isBlock = isBlock;
    }
  }

  public static Cursor at(SyntaxTree tree, int offset) {
    Tokens tokens = tree.tokens();
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open(List.of(), true));
    String word = "";
    int wordStart = offset;
    boolean inText = false;
    int last = tokens.size() == 0 ? -1 : tokens.at(offset);
    for (int i = 0; i < tokens.size() && tokens.start(i) < offset; i++) {
      TokenKind kind = tokens.kind(i);
      boolean touches = tokens.end(i) >= offset;
      switch (kind) {
        case NEWLINE -> newStatement(open);
        case PUNCTUATION -> punctuation(tokens.text(i), open);
        case IDENTIFIER, NUMBER, ADDRESS, TIME, UNKNOWN -> {
          if (touches) {
            wordStart = tokens.start(i);
            word = tree.file().text().substring(wordStart, offset);
          } else {
            said(open, tokens.text(i));
          }
        }
        case STRING -> {
          String text = tokens.text(i);
          boolean closed = text.length() > 1 && text.endsWith("\"") && tokens.end(i) <= offset;
          if (touches && !closed) {
            inText = true;
            wordStart = tokens.start(i);
            word = tree.file().text().substring(wordStart, offset);
          } else {
            said(open, text);
          }
        }
        case SPACE, LINE_COMMENT, BLOCK_COMMENT, DOC_COMMENT -> {}
      }
    }
    rest(tokens, Math.max(last, 0), open);
    return cursor(open, word, wordStart, inText);
  }

  private static void newStatement(Deque<Open> open) {
    if (open.peek().isBlock) {
      open.peek().statement.clear();
    }
  }

  private static void punctuation(String sign, Deque<Open> open) {
    Open inner = open.peek();
    switch (sign) {
      case "{" -> open.push(new Open(List.copyOf(inner.statement), true));
      case "[", "(" -> {
        inner.statement.add(sign);
        open.push(new Open(List.copyOf(inner.statement), false));
      }
      case "}", "]", ")" -> {
        if (open.size() > 1) {
          open.pop();
          if (sign.equals("}")) {
            open.peek().statement.clear();
          }
        }
      }
      case "," -> inner.statement.clear();
      default -> inner.statement.add(sign);
    }
  }

  private static void said(Deque<Open> open, String text) {
    Open inner = open.peek();
    if (inner.isBlock && inner.statement.isEmpty()) {
      inner.present.add(text);
    }
    inner.statement.add(text);
  }

  /// What the block around says behind the cursor: an attribute further down is not missing.
  private static void rest(Tokens tokens, int from, Deque<Open> open) {
    // Brackets inside the block must close before its next statement begins.
    int level = 0;
    Open around = open.peek();
    for (Open one : open) {
      around = one;
      if (one.isBlock) {
        break;
      }
      level++;
    }
    boolean begins = false;
    for (int i = from + 1; i < tokens.size(); i++) {
      switch (tokens.kind(i)) {
        case NEWLINE -> begins = true;
        case PUNCTUATION -> {
          String sign = tokens.text(i);
          if ("{[(".contains(sign)) {
            level++;
          } else if ("}])".contains(sign)) {
            level--;
            if (level < 0) {
              return;
            }
          } else if (sign.equals(",")) {
            begins = true;
          } else {
            begins = false;
          }
        }
        case IDENTIFIER -> {
          if (begins && level == 0) {
            around.present.add(tokens.text(i));
          }
          begins = false;
        }
        case STRING, NUMBER, ADDRESS, TIME, UNKNOWN -> begins = false;
        case SPACE, LINE_COMMENT, BLOCK_COMMENT, DOC_COMMENT -> {}
      }
    }
  }

  private static Cursor cursor(Deque<Open> open, String word, int wordStart, boolean inText) {
    List<List<String>> blocks = new ArrayList<>();
    List<Open> outermost = new ArrayList<>(open.reversed());
    Set<String> present = new TreeSet<>();
    List<String> statement = new ArrayList<>();
    for (Open one : outermost) {
      if (one.isBlock) {
        if (!one.head.isEmpty()) {
          blocks.add(one.head);
        }
        present = one.present;
        statement = new ArrayList<>(one.statement);
      } else {
        // Inside brackets the statement around goes on.
        statement = new ArrayList<>(one.head);
        statement.addAll(one.statement);
      }
    }
    return new Cursor(blocks, statement, word, wordStart, present, inText);
  }

  // ---- what the schema says of the place

  /// The kind of the block around; absent at the top level and where the schema knows none.
  public Optional<Kind> kind() {
    Optional<Kind> found = Optional.empty();
    boolean isTop = true;
    for (List<String> head : blocks) {
      Map<String, Kind> kinds =
          isTop ? Schema.language().kinds() : found.map(Kind::nested).orElse(Map.of());
      found = kind(head, kinds, found, isTop);
      isTop = false;
    }
    return found;
  }

  private static Optional<Kind> kind(
      List<String> head, Map<String, Kind> kinds, Optional<Kind> outer, boolean isTop) {
    String word = head.getFirst();
    if (isTop && word.equals(Symbol.TEMPLATE) && head.size() > 1) {
      return Schema.language()
          .anywhere(head.get(1), Optional.empty())
          .or(() -> Schema.language().anywhere(head.get(1), Optional.ofNullable(third(head))));
    }
    if (word.equals(OVERRIDE) && outer.filter(Kind::members).isPresent()) {
      return outer;
    }
    Kind kind = kinds.get(word);
    if (kind == null) {
      return outer.filter(Kind::open).map(open -> open.called(word));
    }
    return head.size() > 1 && kind.variants().containsKey(head.get(1))
        ? Optional.of(kind.variants().get(head.get(1)))
        : Optional.of(kind);
  }

  private static String third(List<String> head) {
    return head.size() > 2 ? head.get(2) : "";
  }

  public boolean isTopLevel() {
    return blocks.isEmpty();
  }

  /// Whether the block around is a template.
  public boolean isInTemplate() {
    return blocks.size() == 1 && blocks.getFirst().getFirst().equals(Symbol.TEMPLATE);
  }

  /// The name of the nearest block of that word around; absent when there is none.
  public Optional<String> label(String word) {
    int at = word.equals(Symbol.TEMPLATE) ? 2 : 1;
    return blocks.reversed().stream()
        .filter(head -> head.getFirst().equals(word) && head.size() > at)
        .map(head -> head.get(at).replace("\"", ""))
        .findFirst();
  }

  /// The template that the block around is made from, as it is written.
  public Optional<String> base() {
    return blocks.isEmpty() ? Optional.empty() : base(blocks.getLast());
  }

  private static Optional<String> base(List<String> head) {
    int from = head.indexOf("from");
    return from < 0
        ? Optional.empty()
        : Optional.of(String.join("", head.subList(from + 1, head.size())));
  }

  /// The attribute whose value is being written; absent elsewhere.
  public Optional<String> attribute() {
    int sign = Math.max(before.indexOf("="), before.indexOf("+="));
    return sign < 1 ? Optional.empty() : Optional.of(String.join("", before.subList(0, sign)));
  }
}
