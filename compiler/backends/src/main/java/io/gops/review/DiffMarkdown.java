package io.gops.review;

import io.gops.diff.Change;
import io.gops.diff.ConsequenceClass;
import io.gops.diff.Edit;
import io.gops.diff.FleetDiff;
import io.gops.layout.Markdown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Changes as the comment of a pull request, which has a largest size. What does not fit whole is
/// told in fewer words, never cut: first one value of each change, then a line of a table, then how
/// many there are.
public final class DiffMarkdown {
  /// Bytes of UTF-8 that a comment may have; GitHub takes 65,536 characters.
  public static final int BUDGET = 60_000;

  private final UnaryOperator<String> paths;

  /// @param paths makes of a path in the fleet's folder the one that the reader can open
  public DiffMarkdown(UnaryOperator<String> paths) {
    this.paths = paths;
  }

  /// How much is said of each change.
  private enum Level {
    FULL,
    FIRST_VALUE,
    TABLE,
    COUNTS
  }

  /// The comment, with a hidden marker by which a program finds it again.
  public String print(List<Reviewed> all, String against) {
    for (Level level : Level.values()) {
      String text = print(all, against, level);
      if (size(text) <= BUDGET) {
        return text;
      }
    }
    return marker(all) + Summary.count(all.size(), "environment") + " changed\n";
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private String print(List<Reviewed> all, String against, Level level) {
    StringBuilder text = new StringBuilder(marker(all));
    for (Reviewed reviewed : all) {
      text.append("**").append(Markdown.text(Summary.of(reviewed, against))).append("**\n\n");
      switch (level) {
        case FULL -> changes(reviewed, Integer.MAX_VALUE, text);
        case FIRST_VALUE -> changes(reviewed, 1, text);
        case TABLE -> table(reviewed, text);
        case COUNTS -> counts(reviewed.diff(), text);
      }
      notes(reviewed.diff(), level, text);
    }
    return text.toString();
  }

  /// Nothing but letters, digits and a few signs: the name cannot end the comment.
  private static String marker(List<Reviewed> all) {
    String fleet = all.isEmpty() ? "" : all.getFirst().diff().fleet();
    return "<!-- gopsc:diff:" + fleet.replaceAll("[^A-Za-z0-9_.-]|(?<=-)-", "_") + " -->\n";
  }

  private void changes(Reviewed reviewed, int most, StringBuilder text) {
    for (Change change : reviewed.diff().changes()) {
      text.append("- ").append(title(change, reviewed)).append('\n');
      List<String> lines = new ArrayList<>();
      for (Edit edit : change.edits()) {
        lines.add(Told.edit(edit));
      }
      lines.addAll(Told.consequences(change, reviewed.diff().changes()));
      lines.stream()
          .limit(most)
          .forEach(line -> text.append("  - ").append(Markdown.text(line)).append('\n'));
      if (lines.size() > most) {
        text.append("  - and ").append(lines.size() - most).append(" more\n");
      }
    }
    text.append('\n');
  }

  private String title(Change change, Reviewed reviewed) {
    Optional<String> where = where(change);
    return "**"
        + change.risk()
        + "** "
        + change.risk().meaning()
        + " · **"
        + Markdown.text(Told.subject(change, reviewed.diff()))
        + "**"
        + where.map(place -> " · " + Markdown.text(place)).orElse("")
        + " · "
        + change.id()
        + reviewed.waiver(change).map(waiver -> " · waived until " + waiver.until()).orElse("");
  }

  private Optional<String> where(Change change) {
    return change
        .cause()
        .map(
            cause ->
                paths.apply(cause.path())
                    + ":"
                    + cause.line()
                    + (cause.isGone() ? " (before)" : ""));
  }

  private void table(Reviewed reviewed, StringBuilder text) {
    text.append("| class | what | where | values |\n|---|---|---|---|\n");
    for (Change change : reviewed.diff().changes()) {
      text.append("| ")
          .append(change.risk())
          .append(" | ")
          .append(Markdown.text(Told.subject(change, reviewed.diff())))
          .append(" | ")
          .append(Markdown.text(where(change).orElse("")))
          .append(" | ")
          .append(change.edits().size())
          .append(" |\n");
    }
    text.append('\n');
  }

  private static void counts(FleetDiff diff, StringBuilder text) {
    for (ConsequenceClass risk : ConsequenceClass.values()) {
      long count = Summary.of(diff, risk);
      if (count > 0) {
        text.append("- **").append(risk).append("** ").append(risk.meaning()).append(": ");
        text.append(Summary.count(count, "change")).append('\n');
      }
    }
    text.append("\nThe report of `gopsc diff --format json` has them all.\n\n");
  }

  private static void notes(FleetDiff diff, Level level, StringBuilder text) {
    if (level.compareTo(Level.TABLE) < 0) {
      diff.notes()
          .forEach(note -> text.append("Note: ").append(Markdown.text(note)).append("\n\n"));
    }
  }
}
