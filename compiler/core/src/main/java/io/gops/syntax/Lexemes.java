package io.gops.syntax;

import io.gops.source.Span;
import java.util.Arrays;

/// The tokens the parser sees, with the types of the grammar: no spaces, no comments.
///
/// Repairs change it in place. A token that a repair put in has no length.
final class Lexemes {
  private int[] types = new int[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int size;

  int size() {
    return size;
  }

  /// Type of a token; that of the end of the file outside the list.
  int type(int index) {
    return index >= 0 && index < size ? types[index] : org.antlr.v4.runtime.Token.EOF;
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return ends[index];
  }

  Span span(int index) {
    return Span.between(starts[index], ends[index]);
  }

  void add(int type, int start, int end) {
    if (size == types.length) {
      types = Arrays.copyOf(types, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    types[size] = type;
    starts[size] = start;
    ends[size++] = end;
  }

  /// Appends a token of another list.
  void add(Lexemes other, int index) {
    add(other.types[index], other.starts[index], other.ends[index]);
  }

  /// Puts a token without text before the one at `index`.
  void insert(int index, int type) {
    int at = index > 0 ? ends[index - 1] : 0;
    add(type, at, at);
    for (int i = size - 1; i > index; i--) {
      types[i] = types[i - 1];
      starts[i] = starts[i - 1];
      ends[i] = ends[i - 1];
    }
    types[index] = type;
    starts[index] = at;
    ends[index] = at;
  }

  /// Keeps the first `count` tokens.
  void truncate(int count) {
    size = count;
  }

  void retype(int index, int type) {
    types[index] = type;
  }
}
