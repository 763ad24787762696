package io.gops.quality;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Fix;
import io.gops.diagnostic.Language;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How well the errors of mutants say what the mistake is, and whether the fixes they offer mend
/// it.
final class Score {
  /// Figures of one sort of mistake.
  static final class Tally {
    int mutants;
    int valid;
    int right;
    int otherLine;
    int several;

    int invalid() {
      return mutants - valid;
    }
  }

  final SortedMap<Mutant.Kind, Tally> tallies = new TreeMap<>();
  final List<String> wrong = new ArrayList<>();
  final List<String> crashes = new ArrayList<>();
  final List<String> badFixes = new ArrayList<>();
  final Map<String, Integer> fixedCodes = new TreeMap<>();
  int fixes;

  void judge(Corpus.Case mistake) {
    Tally tally = tallies.computeIfAbsent(mistake.mutant().kind(), _ -> new Tally());
    tally.mutants++;
    List<Diagnostic> errors;
    try {
      errors = mistake.mutated().errors();
    } catch (RuntimeException | StackOverflowError e) {
      crashes.add(mistake + " " + e + " " + e.getStackTrace()[0]);
      return;
    }
    if (errors.isEmpty()) {
      tally.valid++;
      return;
    }
    boolean onTheLine =
        errors.stream()
            .allMatch(
                error ->
                    error
                        .place()
                        .filter(p -> mistake.isRight(p.file().path(), p.line()))
                        .isPresent());
    if (errors.size() > 1) {
      tally.several++;
    } else if (onTheLine) {
      tally.right++;
    } else {
      tally.otherLine++;
    }
    if (errors.size() > 1 || !onTheLine) {
      wrong.add(mistake + "\n" + lines(errors));
    }
    errors.forEach(error -> error.fixes().forEach(fix -> tryFix(mistake, errors, error, fix)));
  }

  /// A fix removes its error and makes no new one.
  private void tryFix(Corpus.Case mistake, List<Diagnostic> before, Diagnostic error, Fix fix) {
    fixes++;
    fixedCodes.merge(error.code().name(), 1, Integer::sum);
    List<Diagnostic> after = apply(fix, mistake.mutated()).errors();
    Set<String> expected = new HashSet<>();
    before.stream().filter(d -> !d.equals(error)).forEach(d -> expected.add(saying(d)));
    if (after.size() >= before.size()
        || !after.stream().map(Score::saying).allMatch(expected::contains)) {
      String change =
          fix.edits().stream()
              .map(edit -> edit.place().text() + " -> " + edit.replacement())
              .collect(Collectors.joining(", "));
      badFixes.add(mistake + "\n" + lines(before) + "\n  fix: " + change + "\n" + lines(after));
    }
  }

  static Corpus.Sources apply(Fix fix, Corpus.Sources sources) {
    Corpus.Sources fixed = sources;
    List<Fix.Edit> fromTheEnd =
        fix.edits().stream()
            .sorted((a, b) -> Integer.compare(b.place().span().offset(), a.place().span().offset()))
            .toList();
    for (Fix.Edit edit : fromTheEnd) {
      Place place = edit.place();
      String path = place.file().path();
      String text = fixed.files().get(path);
      fixed =
          fixed.with(
              path,
              text.substring(0, place.span().offset())
                  + edit.replacement()
                  + text.substring(place.span().end()));
    }
    return fixed;
  }

  private static String saying(Diagnostic diagnostic) {
    return diagnostic.code() + " " + diagnostic.message().arguments();
  }

  private static String lines(List<Diagnostic> errors) {
    Catalogue catalogue = Catalogue.of(Language.ENGLISH);
    return errors.stream()
        .map(
            error ->
                "  "
                    + error.place().map(Place::toString).orElse("nowhere")
                    + " "
                    + error.code()
                    + " "
                    + catalogue.text(error.message()))
        .collect(Collectors.joining("\n"));
  }

  int invalid() {
    return tallies.values().stream().mapToInt(Tally::invalid).sum();
  }

  int right() {
    return tallies.values().stream().mapToInt(t -> t.right).sum();
  }

  /// A Markdown table.
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "| mistake | mutants | still valid | one error on its line | on another line"
            + " | several errors |\n");
    table.append("|---|---:|---:|---:|---:|---:|\n");
    Tally all = new Tally();
    tallies.forEach(
        (kind, tally) -> {
          row(kind.name().toLowerCase(Locale.ROOT), tally, table);
          all.mutants += tally.mutants;
          all.valid += tally.valid;
          all.right += tally.right;
          all.otherLine += tally.otherLine;
          all.several += tally.several;
        });
    row("all", all, table);
    return table.toString();
  }

  /// Figures, and every mutant and fix that is not as it should be, as Markdown.
  String report() {
    return table()
        + "\n%d crashes. %d fixes were offered and applied, for %d codes (%s); %d did not hold.\n"
            .formatted(
                crashes.size(),
                fixes,
                fixedCodes.size(),
                String.join(", ", fixedCodes.keySet()),
                badFixes.size())
        + listed("Not one error on the right line", wrong)
        + listed("Fixes that did not hold", badFixes)
        + listed("Crashes", crashes);
  }

  private static String listed(String title, List<String> cases) {
    return cases.isEmpty()
        ? ""
        : "\n%s:%n\n\n```\n%s\n```\n".formatted(title, String.join("\n", cases));
  }

  private static void row(String name, Tally tally, StringBuilder table) {
    int invalid = Math.max(1, tally.invalid());
    table.append(
        "| %s | %d | %d | %d (%d.%d %%) | %d | %d |\n"
            .formatted(
                name,
                tally.mutants,
                tally.valid,
                tally.right,
                tally.right * 1000 / invalid / 10,
                tally.right * 1000 / invalid % 10,
                tally.otherLine,
                tally.several));
  }
}
