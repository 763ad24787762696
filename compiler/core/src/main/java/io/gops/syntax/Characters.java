package io.gops.syntax;

import io.gops.source.SourceFile;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/// The text of a file as the generated lexer reads it, counted in UTF-16 units as spans are.
///
/// ANTLR's own streams copy the text and count code points.
final class Characters implements CharStream {
  private final SourceFile file;
  private final String text;
  private int position;

  Characters(SourceFile file) {
    this.file = file;
    this.text = file.text();
  }

  @Override
  public void consume() {
    position++;
  }

  @Override
  public int LA(int ahead) {
    int at = ahead < 0 ? position + ahead : position + ahead - 1;
    return at < 0 || at >= text.length() ? IntStream.EOF : text.charAt(at);
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return position;
  }

  @Override
  public void seek(int index) {
    position = Math.min(index, text.length());
  }

  @Override
  public int size() {
    return text.length();
  }

  @Override
  public String getSourceName() {
    return file.path();
  }

  @Override
  public String getText(Interval interval) {
    return text.substring(interval.a, Math.min(interval.b + 1, text.length()));
  }
}
