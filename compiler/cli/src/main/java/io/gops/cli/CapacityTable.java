package io.gops.cli;

import io.gops.capacity.Fill;
import io.gops.capacity.HostFill;
import io.gops.capacity.Machine;
import io.gops.capacity.Moment;
import io.gops.capacity.RoundedAmount;
import io.gops.diagnostic.Palette;
import io.gops.fleet.Resource;
import io.gops.outlook.CapacityAnswer;
import io.gops.outlook.Moves;
import io.gops.outlook.PoolOutlook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// What is known of the capacity of an environment, for a terminal.
final class CapacityTable {
  /// Moves that a person is shown at most.
  private static final int SHOWN = 40;

  /// Columns that a line of the table has at most.
  private static final int WIDTH = 100;

  /// A host that has less than this left of what it may use is pointed out, in thousandths.
  private static final long NEARLY_FULL = 50;

  private final List<String> lines = new ArrayList<>();
  private final Palette palette;

  private CapacityTable(Palette palette) {
    this.palette = palette;
  }

  static List<String> lines(CapacityAnswer answer, Palette palette) {
    CapacityTable table = new CapacityTable(palette);
    table.lines.add(palette.strong(answer.fleet() + " " + answer.environment()));
    table.tightest(answer);
    answer.pools().forEach(table::pool);
    answer.missing().forEach(table::missing);
    answer.loss().ifPresent(table::loss);
    answer.moves().ifPresent(table::moves);
    return table.lines;
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library that is not ours
  private void add(String format, Object... arguments) {
    lines.add(String.format(Locale.ROOT, format, arguments).stripTrailing());
  }

  private void tightest(CapacityAnswer answer) {
    List<HostFill> hosts = answer.tightest();
    if (hosts.isEmpty()) {
      return;
    }
    add("");
    String title =
        line("tightest hosts", "resource", "steady", "worst", "may use", "fill", "moving then");
    lines.add(palette.strong(title));
    for (HostFill host : hosts) {
      HostFill.MeasureFill fill =
          host.measures().stream()
              .filter(m -> m.measure().moment() != Moment.REQUESTS)
              .max(Comparator.comparing(HostFill.MeasureFill::fill))
              .orElseThrow();
      Resource resource = fill.measure().resource();
      String row =
          line(
              host.host(),
              resource.word(),
              RoundedAmount.print(resource, fill.steady()),
              RoundedAmount.print(resource, fill.worst()),
              RoundedAmount.print(resource, fill.limit()),
              fill.fill().toString(),
              String.join(" ", fill.moving()));
      lines.add(isNearlyFull(fill) ? palette.warning(row) : row);
    }
  }

  private static boolean isNearlyFull(HostFill.MeasureFill fill) {
    return new Fill(fill.worst(), Math.max(1, fill.limit())).permille() > 1000 - NEARLY_FULL;
  }

  /// A row, cut where a terminal of the usual width would break it.
  private static String line(
      String host,
      String resource,
      String steady,
      String worst,
      String limit,
      String fill,
      String moving) {
    String row =
        String.format(
            Locale.ROOT,
            "%-20s %-11s %10s %10s %10s %8s  %s",
            host,
            resource,
            steady,
            worst,
            limit,
            fill,
            moving);
    String shown = row.length() > WIDTH ? row.substring(0, WIDTH - 1) + "…" : row;
    return shown.stripTrailing();
  }

  private void pool(PoolOutlook pool) {
    add("");
    add("pool %s", pool.pool());
    add("  largest safe wave: %d of one host at once", pool.largestSafeWave());
    pool.sets().forEach(this::more);
  }

  private void more(PoolOutlook.More more) {
    add(
        "  room for %s%d more zones of %s like %d, nothing moved",
        more.fit() >= more.searched() ? "at least " : "", more.fit(), more.set(), more.like());
    if (more.asked() > 0) {
      add("  %d more zones of %s: %s", more.asked(), more.set(), hosts(more.hostsNeeded()));
    }
  }

  private void missing(CapacityAnswer.Missing missing) {
    add("");
    String like = missing.like().map(Machine::name).map(name -> " like " + name).orElse("");
    add("pool %s does not hold; hosts to add%s:", missing.pool(), like);
    add("  while what runs stays where it is: %s", hosts(missing.hosts()));
    add("  when everything may move: %s", hosts(missing.whenMoved()));
    if (!missing.remedies().isEmpty()) {
      add("  each of these makes it hold:");
      missing.remedies().forEach(remedy -> add("    %s", remedy));
    }
  }

  private static String hosts(OptionalInt needed) {
    if (needed.isEmpty()) {
      return "no number of hosts is enough";
    }
    return needed.getAsInt() == 0
        ? "no host needed"
        : count(needed.getAsInt(), "more host") + " needed";
  }

  private void loss(CapacityAnswer.Loss loss) {
    add("");
    if (loss.hosts().isEmpty()) {
      add("this environment has no such host or rack");
      return;
    }
    String lost =
        String.join(" ", loss.hosts()) + (loss.hosts().size() == 1 ? " is lost" : " are lost");
    if (!loss.holds()) {
      add(
          "when %s, no place is found for everything in pool %s",
          lost, String.join(" ", loss.full()));
    } else {
      add(
          "when %s: %s restart elsewhere, the fullest host is then at %s",
          lost, count(loss.to().size(), "group"), loss.worst());
      loss.to().forEach(refuge -> add("  %-20s -> %s", refuge.group(), refuge.host()));
    }
  }

  private void moves(List<Moves.Move> moves) {
    add("");
    long primaries = moves.stream().filter(Moves.Move::primaryMoves).count();
    add(
        "%s differ from the lock, %d of them in the host where they run",
        count(moves.size(), "placement"), primaries);
    moves.stream()
        .limit(SHOWN)
        .forEach(
            move ->
                add(
                    "  %-20s %s -> %s: %s",
                    move.name(), move.from().orElse("-"), move.to(), move.why()));
    if (moves.size() > SHOWN) {
      add("  %d more; --format json shows all", moves.size() - SHOWN);
    }
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
