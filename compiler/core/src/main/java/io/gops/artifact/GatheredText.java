package io.gops.artifact;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The text of a large generated file, gathered as UTF-8. It is kept in pieces, so that nothing is
/// copied when it grows.
public final class GatheredText extends OutputStream implements Artifact.Content {
  private static final int PIECE = 1 << 16;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] piece = new byte[PIECE];
  private int used;

  /// Adds a text.
  public void append(CharSequence text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
  }

  /// Adds all that another one has.
  public void append(GatheredText other) {
    other.full.forEach(bytes -> write(bytes, 0, bytes.length));
    write(other.piece, 0, other.used);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      int room = Math.min(left, PIECE - used);
      System.arraycopy(bytes, from, piece, used, room);
      from += room;
      left -= room;
      used += room;
      if (used == PIECE) {
        full.add(piece);
        piece = new byte[PIECE];
        used = 0;
      }
    }
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (byte[] bytes : full) {
      out.write(bytes);
    }
    out.write(piece, 0, used);
  }

  /// The SHA-256 of the bytes, as 64 hexadecimal digits.
  public String identity() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      full.forEach(digest::update);
      digest.update(piece, 0, used);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }
}
