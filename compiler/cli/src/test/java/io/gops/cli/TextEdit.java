package io.gops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One place of one source of a fleet, said in another way. Lines stay where they are: generated
/// files name lines of the source, which are no part of what runs.
///
/// @param file in the fleet's folder
/// @param line what stands there, for messages
record TextEdit(Path file, int start, int end, String replacement, String line) {
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w@#])\\d+");
  private static final Pattern TEXT = Pattern.compile("\"[^\"${}\\n]+\"");
  private static final Pattern STATEMENT =
      Pattern.compile("(?m)^ +[a-z][\\w.-]* *(=|->|[a-z0-9{]).*$");
  private static final Pattern COMMENT = Pattern.compile("(?m)^ *///? .*$");

  /// Words of which one may stand where the other does.
  private static final List<List<String>> WORDS =
      List.of(
          List.of("tcp", "udp"),
          List.of("allow", "deny"),
          List.of("internet", "db"),
          List.of("clx.engine", "clx.b"),
          List.of("racing.engine", "vpc.racing"),
          List.of("arena.engine", "arena.b"),
          List.of(":client", ":admin"),
          List.of(":client", ""),
          List.of("stopped", "warm"),
          List.of("vip", "directory"),
          List.of("true", "false"),
          List.of("initial = a", "initial = b"),
          List.of("<->", "->"),
          List.of("/16", "/17"),
          List.of("/24", "/25"));

  /// Writes the edit into a copy of the fleet.
  void apply(Path fleet) throws IOException {
    String text = Files.readString(fleet.resolve(file));
    Files.writeString(
        fleet.resolve(file), text.substring(0, start) + replacement + text.substring(end));
  }

  /// Every edit of a fleet's sources that is thought of here, in an order of its own: those of
  /// files with few places come as early as those of files with many.
  static List<TextEdit> shuffled(Path fleet, Random random) throws IOException {
    List<List<TextEdit>> byFile = new ArrayList<>();
    try (Stream<Path> files = Files.walk(fleet)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".gops")).sorted().toList()) {
        List<TextEdit> edits = edits(fleet.relativize(file), Files.readString(file));
        Collections.shuffle(edits, random);
        byFile.add(edits);
      }
    }
    List<TextEdit> shuffled = new ArrayList<>();
    for (int i = 0; byFile.stream().anyMatch(edits -> !edits.isEmpty()); i++) {
      List<TextEdit> edits = byFile.get(i % byFile.size());
      if (!edits.isEmpty()) {
        shuffled.add(edits.removeLast());
      }
    }
    return shuffled;
  }

  private static List<TextEdit> edits(Path file, String text) {
    List<TextEdit> edits = new ArrayList<>();
    for (MatchResult number : NUMBER.matcher(text).results().toList()) {
      if (number.group().length() <= 9) {
        long value = Long.parseLong(number.group());
        edits.add(of(file, text, number, Long.toString(value + 1)));
        edits.add(of(file, text, number, Long.toString(value * 2)));
        edits.add(of(file, text, number, Long.toString(value / 2)));
      }
    }
    List<MatchResult> texts = TEXT.matcher(text).results().toList();
    for (int i = 0; i < texts.size(); i++) {
      String word = texts.get(i).group();
      edits.add(of(file, text, texts.get(i), word.substring(0, word.length() - 1) + "x\""));
      edits.add(of(file, text, texts.get(i), texts.get((i + 1) % texts.size()).group()));
    }
    for (List<String> pair : WORDS) {
      swap(file, text, pair.getFirst(), pair.getLast(), edits);
      swap(file, text, pair.getLast(), pair.getFirst(), edits);
    }
    for (MatchResult line : STATEMENT.matcher(text).results().toList()) {
      if (!line.group().endsWith("{")) {
        edits.add(of(file, text, line, ""));
      }
    }
    for (MatchResult comment : COMMENT.matcher(text).results().toList()) {
      edits.add(of(file, text, comment, comment.group() + "!"));
    }
    return edits;
  }

  private static void swap(
      Path file, String text, String word, String other, List<TextEdit> edits) {
    if (!word.isEmpty()) {
      Pattern.compile("(?<![\\w.-])" + Pattern.quote(word) + "(?![\\w-])")
          .matcher(text)
          .results()
          .forEach(found -> edits.add(of(file, text, found, other)));
    }
  }

  private static TextEdit of(Path file, String text, MatchResult found, String replacement) {
    int start = text.lastIndexOf('\n', found.start()) + 1;
    int end = text.indexOf('\n', found.end());
    return new TextEdit(
        file,
        found.start(),
        found.end(),
        replacement,
        text.substring(start, end < 0 ? text.length() : end).strip());
  }

  @Override
  public String toString() {
    return file + ": " + line + "  [to: " + replacement.strip() + "]";
  }
}
