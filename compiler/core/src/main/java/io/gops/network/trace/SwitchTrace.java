package io.gops.network.trace;

import io.gops.network.flow.Flow;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what `ovs-appctl ofproto/trace` printed and says which declaration each flow came from.
public final class SwitchTrace {
  /// ` 0. in_port=10, priority 100, cookie 0x6001…` (ovs-vswitchd(8), ofproto/trace).
  private static final Pattern FLOW =
      Pattern.compile("^ *(\\d+)\\. .*\\bpriority (\\d+)(?:, cookie (0x[0-9a-f]+))?.*$");

  private static final Pattern ACTIONS = Pattern.compile("^Datapath actions: (.*)$");

  private final Map<Key, Flow> flows = new HashMap<>();

  private record Key(int table, int priority, long cookie) {}

  /// A line, and the flow that it speaks of.
  public record Line(String text, Optional<Flow> flow) {}

  /// @param lines what was printed
  /// @param known how many of its flows were made by this compile
  /// @param isDropped whether the switch drops the packet at the end
  public record Reading(List<Line> lines, int known, boolean isDropped) {
    public Reading {
      lines = List.copyOf(lines);
    }
  }

  private SwitchTrace() {}

  /// @param nodes names of all nodes: the output does not say whose it is
  public static Reading read(
      String printed, Iterable<String> nodes, Function<String, NodeTables> tables) {
    SwitchTrace trace = new SwitchTrace();
    List<String> text = printed.lines().toList();
    trace.find(text, nodes, tables);
    List<Line> lines = new ArrayList<>();
    int known = 0;
    boolean isDropped = false;
    for (String line : text) {
      Optional<Flow> flow = key(line).flatMap(key -> Optional.ofNullable(trace.flows.get(key)));
      known += flow.isPresent() ? 1 : 0;
      lines.add(new Line(line, flow));
      Matcher actions = ACTIONS.matcher(line);
      if (actions.matches()) {
        isDropped = actions.group(1).equals("drop");
      }
    }
    return new Reading(lines, known, isDropped);
  }

  /// Looks for the flows that the lines speak of, node by node until all are found.
  private void find(
      List<String> lines, Iterable<String> nodes, Function<String, NodeTables> tables) {
    Map<Key, Boolean> wanted = new HashMap<>();
    lines.forEach(line -> key(line).ifPresent(key -> wanted.put(key, true)));
    for (String node : nodes) {
      if (flows.size() == wanted.size()) {
        return;
      }
      for (Flow flow : tables.apply(node).flows()) {
        Key key = new Key(flow.table().number(), flow.priority(), flow.cookie());
        if (wanted.containsKey(key)) {
          flows.putIfAbsent(key, flow);
        }
      }
    }
  }

  private static Optional<Key> key(String line) {
    Matcher matcher = FLOW.matcher(line);
    if (!matcher.matches() || matcher.group(3) == null || matcher.group(1).length() > 3) {
      return Optional.empty();
    }
    return Optional.of(
        new Key(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Long.parseUnsignedLong(matcher.group(3).substring(2), 16)));
  }
}
