package io.gops.cli;

import io.gops.diagnostic.Palette;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Where the command reads and prints: results to `out`, everything else to `err`, both in UTF-8
/// whatever the locale says.
///
/// @param in read only when asked to
/// @param outPalette whether results are coloured
/// @param errPalette whether messages are coloured
/// @param showsProgress whether a person watches `err`
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Palette outPalette,
    Palette errPalette,
    boolean showsProgress) {

  /// The streams of this process. The launcher says in `gopsc.terminal` which of them (`out`,
  /// `err`) are terminals: the shell knows without loading a class.
  public static Terminal ofProcess() {
    List<String> terminals = List.of(System.getProperty("gopsc.terminal", "").split(","));
    boolean colours = wantsColours();
    return new Terminal(
        System.in,
        new ResultStream(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        colours && terminals.contains("out") ? Palette.COLOURED : Palette.PLAIN,
        colours && terminals.contains("err") ? Palette.COLOURED : Palette.PLAIN,
        terminals.contains("err") && !"dumb".equals(System.getenv("TERM")));
  }

  /// Why something of the results could not be printed.
  Optional<IOException> loss() {
    return out instanceof ResultStream results ? results.loss() : Optional.empty();
  }

  /// The same, but what would go to the results goes to the messages.
  Terminal speakingToMessages() {
    return new Terminal(in, err, err, errPalette, errPalette, showsProgress);
  }

  /// As `no-color.org` asks: any non-empty value switches colours off.
  private static boolean wantsColours() {
    String noColor = System.getenv("NO_COLOR");
    return (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
  }
}
