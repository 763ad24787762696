package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sidecars that bring files: those of gopsc, and those that copy into an empty folder which they
/// share with the engine.
final class SidecarText {
  /// `rsync -a /app/js/* /app/scripts/` in a command, as hot-update sidecars copy their files.
  private static final Pattern COPY =
      Pattern.compile(
          "\\b(?:rsync|cp)\\s+(?:-\\S+\\s+)*(/[^\\s*]*?)/?\\*?\\s+(/\\S+?)/?(?=[\\s;&]|$)");

  private static final Pattern CALL =
      Pattern.compile("http://(?:127\\.0\\.0\\.1|localhost):([0-9]+)(/[^\\s\"']*)");

  private static final String TOOL = "/gops/tools/scripts.sh";

  private final ServerSet set;

  SidecarText(ServerSet set) {
    this.set = set;
  }

  /// What the compiler gives a sidecar that says nothing, in base units.
  static long usualRequest(String resource) {
    return resource.equals("cpu") ? 10 : resource.equals("memory") ? 32L << 20 : 0;
  }

  static long usualLimit(String resource) {
    return resource.equals("cpu") ? 200 : resource.equals("memory") ? 64L << 20 : 0;
  }

  boolean isSidecar(Json container) {
    return folder(container).isPresent();
  }

  /// Whether a volume is what a sidecar shares with the engine, or its own.
  boolean isShared(String volume) {
    return set.containers().stream()
        .flatMap(container -> folder(container).stream())
        .anyMatch(folder -> folder.volume().equals(volume));
  }

  /// @param path where the engine sees it
  private record Folder(String volume, Json engine, String path) {}

  private Optional<Folder> folder(Json container) {
    List<Json> containers = set.containers();
    if (containers.isEmpty() || container.equals(containers.getFirst())) {
      return Optional.empty();
    }
    boolean isOwn = Manifest.texts(container, "command").contains(TOOL);
    boolean copies = COPY.matcher(words(container)).find();
    if (!isOwn && !copies) {
      return Optional.empty();
    }
    for (Json mount : Manifest.items(container, "volumeMounts")) {
      String volume = Manifest.text(mount, "name").orElse("");
      for (Json engine : containers) {
        if (!engine.equals(container) && isEmptyFolder(volume)) {
          Optional<String> seen =
              Manifest.items(engine, "volumeMounts").stream()
                  .filter(other -> Manifest.text(other, "name").orElse("").equals(volume))
                  .findFirst()
                  .flatMap(other -> Manifest.text(other, "mountPath"));
          if (seen.isPresent()) {
            return Optional.of(new Folder(volume, engine, seen.get()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean isEmptyFolder(String volume) {
    return Manifest.items(set.template(), "spec", "volumes").stream()
        .filter(item -> Manifest.text(item, "name").orElse("").equals(volume))
        .anyMatch(item -> Manifest.at(item, "emptyDir").isPresent());
  }

  private static String words(Json container) {
    List<String> words = new ArrayList<>(Manifest.texts(container, "command"));
    words.addAll(Manifest.texts(container, "args"));
    return String.join(" ", words);
  }

  /// The `hot_update` block of a sidecar.
  void write(Json container, Wording text) {
    Folder folder = folder(container).orElseThrow();
    String name = ServerSet.name(container);
    text.say("  hot_update " + Spelled.label(name) + " {\n");
    text.say("    files = " + Spelled.quoted(files(container)) + "\n");
    text.say("    mount " + Spelled.label(ServerSet.name(folder.engine())));
    text.say(" { path = " + Spelled.quoted(folder.path()) + " }\n");
    text.say(
        "    "
            + reload(container, folder.engine())
                .orElse("reload inotify {} // or exec: manifests do not say how files are loaded")
            + "\n");
    text.say("  }\n");
  }

  private static String files(Json container) {
    List<String> command = Manifest.texts(container, "command");
    if (command.size() > 2 && command.get(1).equals(TOOL)) {
      return ServerSet.unescaped(command.get(2));
    }
    Matcher copy = COPY.matcher(words(container));
    return copy.find() && !copy.group(1).isEmpty() ? copy.group(1) : "/app";
  }

  private Optional<String> reload(Json container, Json engine) {
    List<String> command = Manifest.texts(container, "command");
    if (command.size() > 8 && command.get(1).equals(TOOL) && command.get(5).equals("signal")) {
      return Optional.of(
          "reload signal { signal = "
              + command.get(6)
              + ", process = "
              + Spelled.quoted(command.get(8))
              + " }");
    }
    Optional<Json> start = Manifest.at(container, "lifecycle", "postStart");
    Optional<String> number =
        start
            .flatMap(hook -> Manifest.number(hook, "httpGet", "port"))
            .map(port -> Long.toString(port));
    if (number.isPresent()) {
      String path = start.flatMap(hook -> Manifest.text(hook, "httpGet", "path")).orElse("/");
      return Optional.of(http(engine, number.get(), path, ""));
    }
    List<String> words =
        start.map(hook -> Manifest.texts(hook, "exec", "command")).orElse(List.of());
    Matcher call = CALL.matcher(String.join(" ", words));
    String retry = words.size() == 6 && !words.get(4).equals("1") ? words.get(4) : "";
    return call.find()
        ? Optional.of(http(engine, call.group(1), call.group(2), retry))
        : Optional.empty();
  }

  private String http(Json engine, String number, String path, String retry) {
    String port = set.ports(ServerSet.name(engine)).getOrDefault(number, "p" + number);
    return "reload http { port = "
        + Spelled.label(ServerSet.name(engine))
        + "."
        + Spelled.label(port)
        + ", path = "
        + Spelled.quoted(path)
        + (retry.isEmpty() ? "" : ", retry = " + retry + "s")
        + " }";
  }
}
