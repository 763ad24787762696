package io.gops.state;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Side;
import io.gops.json.Json;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The file `state/<environment>.jsonl`: one line for each group, then one for each pod template.
///
/// The lines of a canonical file are in the order of their bytes, so that git merges line by line
/// and a shell can merge two files with `sort`.
public final class StateFile {
  private final SourceFile file;
  private final Diagnostics diagnostics;
  private final SortedMap<String, State.GroupState> groups = new TreeMap<>();
  private final SortedMap<String, String> templates = new TreeMap<>();
  private final Map<String, Place> places = new HashMap<>();

  private StateFile(SourceFile file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /// What cannot be understood in one line.
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String reason) {
      super(reason);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /// The state that the text says; what cannot be read is reported and left out.
  public static State read(SourceFile file, Diagnostics diagnostics) {
    StateFile reader = new StateFile(file, diagnostics);
    for (int line = 1; line <= file.lineCount(); line++) {
      if (!reader.line(line)) {
        break;
      }
    }
    reader.checkTemplatesExist();
    return new State(reader.groups, reader.templates);
  }

  /// The canonical text of a state.
  public static String print(State state) {
    StringBuilder text = new StringBuilder();
    state.groups().forEach((id, group) -> text.append(groupLine(id, group)).append('\n'));
    state
        .templates()
        .forEach((hash, content) -> text.append(templateLine(hash, content)).append('\n'));
    return text.toString();
  }

  /// The line of one group, without line end. Its members stand in this order, not sorted: the
  /// group comes first so that lines sort by it.
  public static String groupLine(String id, State.GroupState group) {
    StringBuilder text = new StringBuilder("{\"group\":").append(Json.of(id).print());
    if (!group.hosts().isEmpty()) {
      Json hosts = new Json.Arr(group.hosts().stream().map(Json::of).toList());
      text.append(",\"hosts\":").append(hosts.print());
    }
    text.append(",\"live\":\"").append(group.live().label()).append("\",\"sides\":{");
    String separator = "";
    for (Map.Entry<Side, State.SideState> side : group.sides().entrySet()) {
      text.append(separator).append('"').append(side.getKey().label()).append("\":");
      text.append(sideText(side.getValue()));
      separator = ",";
    }
    return text.append("}}").toString();
  }

  private static String sideText(State.SideState side) {
    return "{\"version\":"
        + Json.of(side.version()).print()
        + ",\"replicas\":"
        + side.replicas()
        + ",\"template\":"
        + Json.of(side.template()).print()
        + "}";
  }

  /// The line of one pod template, without line end.
  ///
  /// @param content canonical JSON
  public static String templateLine(String hash, String content) {
    return "{\"template\":" + Json.of(hash).print() + ",\"content\":" + content + "}";
  }

  /// Reads one line; false when the rest makes no sense.
  private boolean line(int number) {
    String text = file.lineText(number);
    if (text.isBlank()) {
      return true;
    }
    Place place = new Place(file, new Span(file.lineStart(number), text.length()));
    if (isConflictMarker(text)) {
      diagnostics.report(Diagnostic.of(Code.GOPS2911, file.path()).at(place).hint("hint"));
      return false;
    }
    try {
      record(Json.parse(text), place);
    } catch (Malformed malformed) {
      diagnostics.report(Diagnostic.of(Code.GOPS2912, malformed.reason()).at(place).hint("hint"));
    } catch (IOException notJson) {
      diagnostics.report(Diagnostic.of(Code.GOPS2912, "not JSON").at(place).hint("hint"));
    }
    return true;
  }

  private void record(Json line, Place place) throws Malformed {
    Json.Obj object = object(line, "the line");
    if (object.members().containsKey("group")) {
      only(object, Set.of("group", "hosts", "live", "sides"));
      String id = text(object, "group");
      State.GroupState group = group(object);
      if (isFirst("group " + id, place, Diagnostic.of(Code.GOPS2913, id))) {
        groups.put(id, group);
      }
    } else {
      only(object, Set.of("template", "content"));
      String hash = text(object, "template");
      String content = member(object, "content").print();
      if (!hash.equals(TemplateHash.of(content))) {
        throw new Malformed("the content of " + hash + " was changed");
      }
      if (isFirst(hash, place, Diagnostic.of(Code.GOPS2913).saying("template", hash))) {
        templates.put(hash, content);
      }
    }
  }

  private boolean isFirst(String key, Place place, Diagnostic.Builder twice) {
    Place earlier = places.putIfAbsent(key, place);
    if (earlier != null) {
      diagnostics.report(twice.at(place).related(earlier, "related").hint("hint"));
    }
    return earlier == null;
  }

  private static State.GroupState group(Json.Obj object) throws Malformed {
    Side live = side(text(object, "live"));
    SortedMap<Side, State.SideState> sides = new TreeMap<>();
    for (var entry : object(member(object, "sides"), "sides").members().entrySet()) {
      sides.put(side(entry.getKey()), sideState(object(entry.getValue(), entry.getKey())));
    }
    if (!sides.containsKey(live)) {
      throw new Malformed("the live side " + live.label() + " is not among the sides");
    }
    List<String> hosts = new ArrayList<>();
    if (object.members().get("hosts") instanceof Json.Arr(List<Json> items)) {
      for (Json item : items) {
        if (!(item instanceof Json.Text(String host))) {
          throw new Malformed("hosts are names");
        }
        hosts.add(host);
      }
    } else if (object.members().containsKey("hosts")) {
      throw new Malformed("hosts is a list of names");
    }
    return new State.GroupState(live, sides, hosts);
  }

  private static State.SideState sideState(Json.Obj object) throws Malformed {
    only(object, Set.of("version", "replicas", "template"));
    if (!(member(object, "replicas") instanceof Json.Num(String digits))
        || !digits.matches("[0-9]{1,6}")) {
      throw new Malformed("replicas is a whole number from 0 to 999999");
    }
    return new State.SideState(
        text(object, "version"), Integer.parseInt(digits), text(object, "template"));
  }

  private static Side side(String label) throws Malformed {
    return switch (label) {
      case "a" -> Side.A;
      case "b" -> Side.B;
      default -> throw new Malformed("a side is a or b, not " + label);
    };
  }

  private static Json.Obj object(Json value, String what) throws Malformed {
    if (value instanceof Json.Obj object) {
      return object;
    }
    throw new Malformed(what + " is not an object");
  }

  private static Json member(Json.Obj object, String name) throws Malformed {
    Json value = object.members().get(name);
    if (value == null) {
      throw new Malformed(name + " is missing");
    }
    return value;
  }

  private static String text(Json.Obj object, String name) throws Malformed {
    if (member(object, name) instanceof Json.Text(String value)) {
      return value;
    }
    throw new Malformed(name + " is not a string");
  }

  private static void only(Json.Obj object, Set<String> known) throws Malformed {
    Optional<String> unknown =
        object.members().keySet().stream().filter(name -> !known.contains(name)).findFirst();
    if (unknown.isPresent()) {
      throw new Malformed("unknown member " + unknown.get());
    }
  }

  private void checkTemplatesExist() {
    if (diagnostics.hasErrors()) {
      return;
    }
    groups.forEach(
        (id, group) ->
            group.sides().values().stream()
                .map(State.SideState::template)
                .filter(hash -> !hash.isEmpty() && !templates.containsKey(hash))
                .distinct()
                .forEach(
                    hash ->
                        diagnostics.report(
                            Diagnostic.of(Code.GOPS2914, id, hash)
                                .at(Optional.ofNullable(places.get("group " + id)))
                                .hint("hint"))));
  }

  private static boolean isConflictMarker(String text) {
    return text.startsWith("<<<<<<<")
        || text.startsWith("=======")
        || text.startsWith(">>>>>>>")
        || text.startsWith("|||||||");
  }
}
