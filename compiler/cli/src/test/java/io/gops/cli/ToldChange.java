package io.gops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gops.diff.ConsequenceClass;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// One change as a program reads it in `gopsc diff --format json`.
///
/// @param zones as ranges
record ToldChange(
    String environment,
    String kind,
    ConsequenceClass risk,
    String zones,
    SortedMap<String, ConsequenceClass> edits,
    List<String> consequences,
    List<Pattern> files) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern GLOB = Pattern.compile("\\*\\*|\\*|\\{zones}|[^*{]+|\\{");
  private static final Pattern RANGE = Pattern.compile("(\\d+)(?:–(\\d+))?(?: except ([\\d ]+))?");

  /// Every change of a report.
  static List<ToldChange> all(String report) throws IOException {
    List<ToldChange> changes = new ArrayList<>();
    for (JsonNode diff : JSON.readTree(report).get("diffs")) {
      diff.get("changes")
          .forEach(change -> changes.add(of(diff.get("environment").asText(), change)));
    }
    return changes;
  }

  private static ToldChange of(String environment, JsonNode change) {
    SortedMap<String, ConsequenceClass> edits = new TreeMap<>();
    change
        .get("edits")
        .forEach(
            edit ->
                edits.merge(
                    edit.get("path").asText(),
                    ConsequenceClass.valueOf(edit.get("risk").asText()),
                    ConsequenceClass::max));
    return new ToldChange(
        environment,
        change.get("kind").asText(),
        ConsequenceClass.valueOf(change.get("risk").asText()),
        change.path("zones").asText(),
        edits,
        texts(change.get("consequences")),
        texts(change.get("files")).stream().map(ToldChange::pattern).toList());
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Pattern pattern(String glob) {
    StringBuilder pattern = new StringBuilder();
    GLOB.matcher(glob)
        .results()
        .forEach(
            part ->
                pattern.append(
                    switch (part.group()) {
                      case "**" -> ".*";
                      case "*" -> "[^/]*";
                      case "{zones}" -> "(?<zone>\\d+)";
                      default -> Pattern.quote(part.group());
                    }));
    return Pattern.compile(pattern.toString());
  }

  /// Whether a zone is among those that change.
  boolean isOf(int zone) {
    return RANGE
        .matcher(zones)
        .results()
        .anyMatch(
            range -> {
              int first = Integer.parseInt(range.group(1));
              int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
              List<String> without =
                  range.group(3) == null ? List.of() : List.of(range.group(3).strip().split(" "));
              return first <= zone && zone <= last && !without.contains(Integer.toString(zone));
            });
  }

  /// Whether the change says that it touches a file.
  boolean touches(String path) {
    return files.stream()
        .map(pattern -> pattern.matcher(path))
        .filter(found -> found.matches())
        .anyMatch(
            found ->
                !found.namedGroups().containsKey("zone")
                    || isOf(Integer.parseInt(found.group("zone"))));
  }

  @Override
  public String toString() {
    return environment + " " + kind + " " + risk + " " + zones + " " + edits + consequences;
  }
}
