package io.gops.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The bytes of one file while they are made: hashed, and kept in memory until they are too many;
/// then they go to a file, or are only counted.
final class Rendering extends OutputStream {
  /// What one file may take of memory.
  static final int IN_MEMORY = 4 << 20;

  /// Where bytes go that are too many for memory.
  @FunctionalInterface
  interface Spill {
    /// They are only hashed and counted.
    Spill NOWHERE = OutputStream::nullOutputStream;

    OutputStream open() throws IOException;
  }

  private final MessageDigest digest = sha256();
  private final Spill spill;
  private byte[] buffer = new byte[1 << 14];
  private int used;
  private long size;
  private Optional<OutputStream> spilled = Optional.empty();
  private String hash = "";

  Rendering(Spill spill) {
    this.spill = spill;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    size += length;
    if (spilled.isEmpty() && used + length > IN_MEMORY) {
      spilled = Optional.of(spill.open());
      digest.update(buffer, 0, used);
      spilled.get().write(buffer, 0, used);
      used = 0;
    }
    if (spilled.isPresent()) {
      digest.update(bytes, offset, length);
      spilled.get().write(bytes, offset, length);
      return;
    }
    if (used + length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(used + length, buffer.length * 2));
    }
    System.arraycopy(bytes, offset, buffer, used, length);
    used += length;
  }

  @Override
  public void close() throws IOException {
    if (spilled.isPresent()) {
      spilled.get().close();
    } else {
      digest.update(buffer, 0, used);
    }
    hash = HexFormat.of().formatHex(digest.digest());
  }

  /// Hexadecimal SHA-256 of all bytes, after [#close].
  String hash() {
    return hash;
  }

  long size() {
    return size;
  }

  boolean isSpilled() {
    return spilled.isPresent();
  }

  /// Writes the bytes that are in memory.
  void copyTo(OutputStream out) throws IOException {
    out.write(buffer, 0, used);
  }

  /// Whether a file has these bytes.
  boolean equalsFile(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != size) {
      return false;
    }
    if (isSpilled()) {
      return hash.equals(hashOf(file));
    }
    byte[] present = Files.readAllBytes(file);
    return Arrays.equals(present, 0, present.length, buffer, 0, used);
  }

  static String hashOf(Path file) throws IOException {
    Rendering rendering = new Rendering(Spill.NOWHERE);
    try (rendering) {
      Files.copy(file, rendering);
    }
    return rendering.hash();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
