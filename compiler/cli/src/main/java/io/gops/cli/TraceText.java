package io.gops.cli;

import io.gops.diagnostic.Harmless;
import io.gops.diagnostic.Palette;
import io.gops.network.flow.Flow;
import io.gops.network.trace.CookieUse;
import io.gops.network.trace.Meaning;
import io.gops.network.trace.SwitchTrace;
import io.gops.network.trace.TracedPath;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A trace for a terminal: one line a table, with the declaration that made its flow.
final class TraceText {
  private static final int SAYS = 52;
  private static final int NODES_SHOWN = 10;

  private final UnaryOperator<String> paths;
  private final Palette palette;

  TraceText(UnaryOperator<String> paths, Palette palette) {
    this.paths = paths;
    this.palette = palette;
  }

  List<String> path(TracedPath path) {
    List<String> lines = new ArrayList<>();
    lines.add(
        palette.strong(
            Harmless.text(
                path.from().name()
                    + " -> "
                    + path.to().name()
                    + " "
                    + path.service()
                    + path.vpc().map(vpc -> " in VPC " + vpc).orElse(""))));
    path.remarks().forEach(remark -> lines.add("  " + Harmless.text(remark)));
    for (TracedPath.Hop hop : path.hops()) {
      lines.add("");
      lines.add("on " + hop.node());
      hop.steps().forEach(step -> lines.add(step(step)));
    }
    lines.add("");
    lines.add(
        path.isDelivered() ? palette.strong(path.verdict()) : palette.warning(path.verdict()));
    path.advice()
        .ifPresent(
            advice -> {
              String at = advice.place().map(place -> " (" + at(place) + ")").orElse("");
              lines.add(advice.sentence() + at + advice.rule().map(_ -> ":").orElse(""));
              advice.rule().ifPresent(rule -> lines.add("  " + palette.strong(rule)));
            });
    return lines;
  }

  private String step(TracedPath.Step step) {
    String row =
        String.format(
            Locale.ROOT,
            "%4d %-16s %-" + SAYS + "s  %s",
            step.table().number(),
            step.table().label(),
            step.says(),
            step.flow().map(this::origin).orElse("no flow"));
    boolean isDrop = step.flow().map(flow -> flow.actions().isEmpty()).orElse(true);
    return isDrop ? palette.warning(row) : row;
  }

  private String origin(Flow flow) {
    return flow.declaration().place().map(this::at).orElse("every node");
  }

  private String at(Place place) {
    return paths.apply(place.file().path()) + ":" + place.line();
  }

  List<String> cookie(CookieUse use) {
    List<String> lines = new ArrayList<>();
    Flow flow = use.example();
    lines.add(palette.strong("0x" + Long.toHexString(flow.cookie()) + ": " + Meaning.of(flow)));
    lines.add("  kind         " + Meaning.kind(flow.kind()));
    lines.add("  declaration  " + flow.declaration().path());
    lines.add("  written at   " + origin(flow) + text(flow));
    use.tables()
        .forEach(
            (table, count) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  table %-6d %s, %d %s",
                        table.number(),
                        table.label(),
                        count,
                        count == 1 ? "flow" : "flows")));
    List<String> nodes = use.nodes();
    String more =
        nodes.size() > NODES_SHOWN ? " and " + (nodes.size() - NODES_SHOWN) + " more" : "";
    lines.add(
        "  on           " + String.join(" ", nodes.stream().limit(NODES_SHOWN).toList()) + more);
    return lines;
  }

  /// The first line of what was written.
  private static String text(Flow flow) {
    return flow.declaration()
        .place()
        .flatMap(place -> place.text().lines().findFirst())
        .map(line -> "  " + Harmless.text(line.strip()))
        .orElse("");
  }

  List<String> reading(SwitchTrace.Reading reading) {
    List<String> lines = new ArrayList<>();
    for (SwitchTrace.Line line : reading.lines()) {
      lines.add(Harmless.text(line.text()));
      Optional<Flow> flow = line.flow();
      flow.ifPresent(
          found ->
              lines.add(
                  palette.strong(
                      "    ^ "
                          + found.table().label()
                          + ": "
                          + Meaning.of(found)
                          + ", "
                          + origin(found))));
    }
    return lines;
  }
}
