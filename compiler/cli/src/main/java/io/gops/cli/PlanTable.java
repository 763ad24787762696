package io.gops.cli;

import io.gops.diagnostic.Palette;
import io.gops.plan.Estimate;
import io.gops.plan.Nights;
import io.gops.plan.Plan;
import io.gops.plan.PlanWords;
import io.gops.plan.Step;
import io.gops.plan.Undo;
import io.gops.plan.Wave;
import io.gops.rehearsal.Ending;
import io.gops.rehearsal.Rehearsal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a release would do, for a terminal.
final class PlanTable {
  /// Columns that a line has at most.
  private static final int WIDTH = 100;

  private static final Duration DAY = Duration.ofDays(1);

  private final List<String> lines = new ArrayList<>();
  private final Plan plan;
  private final Palette palette;

  private final Optional<Nights> nights;

  private PlanTable(Plan plan, Palette palette) {
    this.plan = plan;
    this.nights = Nights.of(plan);
    this.palette = palette;
  }

  static List<String> lines(PlanCommand.Shown shown, Palette palette) {
    PlanTable table = new PlanTable(shown.plan(), palette);
    table.head();
    table.waves();
    table.risks();
    table.notes();
    shown.rehearsal().ifPresent(table::rehearsal);
    table.lines.add("");
    return table.lines;
  }

  private void head() {
    lines.add(
        palette.strong(
            plan.fleet() + " " + plan.environment() + " " + plan.release() + ": " + plan.goal()));
    String window = plan.window().map(found -> ", in window " + found.name()).orElse("");
    add(
        plan.template().word()
            + ", "
            + things(plan.from().groups().size(), "group")
            + ", "
            + things(plan.steps().size(), "step")
            + window);
    add(
        "about "
            + PlanWords.duration(plan.duration().p50())
            + ", at most "
            + PlanWords.duration(plan.duration().p95()));
    if (nights.isPresent()) {
      add(nights());
    } else if (plan.duration().p95().compareTo(DAY) > 0) {
      add("takes more than a day; the runner may rest between two steps");
    }
    if (plan.players().moved() > 0) {
      add(
          PlanWords.number(plan.players().moved())
              + " players change sides, about "
              + PlanWords.number(plan.players().kickedP50())
              + " are disconnected, at most "
              + PlanWords.number(plan.players().kickedP95()));
    }
  }

  private String nights() {
    String window = plan.window().map(PlanWords::window).orElse("");
    int count = nights.map(Nights::count).orElse(1);
    return count == 1
        ? "fits into one night of " + window
        : "takes at most " + things(count, "night") + " of " + window;
  }

  private String nights(Wave wave) {
    return nights.map(found -> found.of(wave.number()).words()).orElse("");
  }

  private void waves() {
    if (plan.waves().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(
        palette.strong(
            row(
                "wave",
                "zones",
                "players",
                "cut off",
                "about",
                "at most",
                nights.isPresent() ? "night" : "",
                "ids")));
    for (Wave wave : plan.waves()) {
      Estimate time = Estimate.NONE;
      long kicked = 0;
      for (Step step : plan.steps()) {
        if (step.wave() == wave.number()) {
          time = time.plus(step.duration());
          kicked += step.players().kickedP50();
        }
      }
      lines.add(
          row(
              wave.number() + (wave.canary() ? " canary" : ""),
              PlanWords.number(wave.zones().size()),
              PlanWords.number(wave.players().moved()),
              PlanWords.number(kicked),
              PlanWords.duration(time.p50()),
              PlanWords.duration(time.p95()),
              nights(wave),
              PlanWords.zones(wave.zones())));
    }
  }

  private static String row(
      String wave,
      String zones,
      String players,
      String kicked,
      String p50,
      String p95,
      String night,
      String ids) {
    return cut(
        String.format(
            Locale.ROOT,
            "  %-9s %6s %10s %8s %10s %10s%s  %s",
            wave,
            zones,
            players,
            kicked,
            p50,
            p95,
            night.isEmpty() ? "" : String.format(Locale.ROOT, "%7s", night),
            ids));
  }

  /// Each risk once, with the first step that carries it and how many others do.
  private void risks() {
    Map<String, List<String>> steps = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      String felt =
          switch (step.kind().consequence()) {
            case NONE -> "";
            case NOT_READY -> PlanWords.consequence(step);
            case DISCONNECTS -> "may disconnect players";
          };
      if (!felt.isEmpty()) {
        steps.computeIfAbsent(felt, _ -> new ArrayList<>()).add(step.id());
      }
      step.tasks().stream()
          .map(task -> task.undo() instanceof Undo.PointOfNoReturn(String why) ? why : "")
          .filter(why -> !why.isEmpty())
          .limit(1)
          .forEach(
              why ->
                  steps
                      .computeIfAbsent("cannot be taken back: " + why, _ -> new ArrayList<>())
                      .add(step.id()));
    }
    if (!steps.isEmpty()) {
      lines.add("");
      lines.add(palette.strong("  risks"));
      steps.forEach(
          (risk, ids) -> add("  " + risk + ": " + ids.getFirst() + others(ids.size() - 1)));
    }
  }

  private static String others(int count) {
    return count == 0 ? "" : " and " + things(count, "other step");
  }

  private void notes() {
    if (!plan.notes().isEmpty()) {
      lines.add("");
      lines.add(palette.strong("  beforehand"));
      plan.notes().forEach(note -> add("  " + note));
    }
  }

  private void rehearsal(Rehearsal rehearsal) {
    int plays = rehearsal.endings().values().stream().mapToInt(Integer::intValue).sum();
    lines.add("");
    lines.add(palette.strong("  played " + PlanWords.number(plays) + " times with mishaps"));
    rehearsal.endings().forEach((ending, count) -> add(end(ending, count)));
  }

  private static String end(Ending ending, int count) {
    return String.format(Locale.ROOT, "%9s  %s", PlanWords.number(count), words(ending));
  }

  private static String words(Ending ending) {
    return switch (ending.kind()) {
      case DONE -> "done";
      case AS_BEFORE -> "everything as it was before";
      case PAUSED -> ending.wave() == 0 ? "paused" : "paused in wave " + ending.wave();
      case ROLLED_BACK -> "rolled back to the end of wave " + ending.wave();
      case BROKEN -> "broken: " + ending.why();
    };
  }

  private void add(String text) {
    lines.add(cut("  " + text));
  }

  private static String cut(String line) {
    return line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line.stripTrailing();
  }

  private static String things(int count, String thing) {
    return PlanWords.number(count) + " " + thing + (count == 1 ? "" : "s");
  }
}
