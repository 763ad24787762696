package io.gops.syntax;

import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.util.Arrays;

/// Every token of a file in order, spaces and comments included: put together they are the text.
///
/// Kept as two arrays, eight bytes a token, because a large file has millions of them.
public final class Tokens {
  private final SourceFile file;
  private final TokenKind[] kinds;
  private final int[] starts;

  private Tokens(SourceFile file, TokenKind[] kinds, int[] starts) {
    this.file = file;
    this.kinds = kinds;
    this.starts = starts;
  }

  public int size() {
    return kinds.length;
  }

  public TokenKind kind(int index) {
    return kinds[index];
  }

  /// Offset of the first unit of a token.
  public int start(int index) {
    return starts[index];
  }

  /// Offset behind the last unit of a token.
  public int end(int index) {
    return index + 1 < starts.length ? starts[index + 1] : file.text().length();
  }

  public Span span(int index) {
    return Span.between(start(index), end(index));
  }

  public String text(int index) {
    return file.text().substring(start(index), end(index));
  }

  /// Index of the token that covers `offset`; of the last one at the end of the text.
  public int at(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }

  /// Collects tokens; each must start where the one before it ends.
  static final class Builder {
    private final SourceFile file;
    private TokenKind[] kinds = new TokenKind[256];
    private int[] starts = new int[256];
    private int size;

    Builder(SourceFile file) {
      this.file = file;
    }

    void add(TokenKind kind, int start) {
      if (size == kinds.length) {
        kinds = Arrays.copyOf(kinds, size * 2);
        starts = Arrays.copyOf(starts, size * 2);
      }
      kinds[size] = kind;
      starts[size++] = start;
    }

    Tokens build() {
      return new Tokens(file, Arrays.copyOf(kinds, size), Arrays.copyOf(starts, size));
    }
  }
}
