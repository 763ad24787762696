package io.gops.syntax;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Turns the bytes of a file into text.
public final class SourceText {
  private SourceText() {}

  /// Decodes UTF-8. Bytes that are not UTF-8 become U+FFFD, with one error at the first of them.
  ///
  /// @param path as shown to people
  public static SourceFile decode(String path, byte[] bytes, Diagnostics diagnostics) {
    SourceFile file = new SourceFile(path, new String(bytes, StandardCharsets.UTF_8));
    int valid = validPrefix(bytes);
    if (valid < bytes.length) {
      int offset = new String(bytes, 0, valid, StandardCharsets.UTF_8).length();
      diagnostics.report(
          Diagnostic.of(Code.GOPS1001, String.format(java.util.Locale.ROOT, "%02X", bytes[valid]))
              .at(new Place(file, new Span(offset, 1)))
              .hint("hint"));
    }
    return file;
  }

  /// Whether [#decode] has reported the file, so that replacement characters need no error.
  static boolean badEncodingReported(SourceFile file, Diagnostics diagnostics) {
    return file.text().indexOf('\uFFFD') >= 0
        && diagnostics.sorted().stream()
            .anyMatch(
                d ->
                    d.code() == Code.GOPS1001
                        && d.place().map(place -> place.file() == file).orElse(false));
  }

  /// Number of bytes before the first that is not UTF-8.
  private static int validPrefix(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(8192);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isOverflow()) {
      out.clear();
      result = decoder.decode(in, out, true);
    }
    return result.isError() ? in.position() : bytes.length;
  }
}
