package io.gops.layout;

/// A value as one word of a POSIX shell.
public final class ShellWord {
  private ShellWord() {}

  /// The value in single quotes, in which a shell changes nothing; a quote itself is put between
  /// them with a backslash (POSIX.1-2024, Shell Command Language, 2.2).
  public static String of(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a shell word cannot hold NUL");
    }
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
