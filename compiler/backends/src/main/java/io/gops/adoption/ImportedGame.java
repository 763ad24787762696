package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The declaration of a game, from the pod template of one of its sets. What a source cannot say is
/// left out here; [ImportReport] finds out what that is.
final class ImportedGame {
  /// `rsync -a /app/js/* /app/scripts/` in a command, as hot-update sidecars copy their files.
  private static final Pattern COPY =
      Pattern.compile(
          "\\b(?:rsync|cp)\\s+(?:-\\S+\\s+)*(/[^\\s*]*?)/?\\*?\\s+(/\\S+?)/?(?=[\\s;&]|$)");

  private static final Pattern CALL =
      Pattern.compile("http://(?:127\\.0\\.0\\.1|localhost):([0-9]+)(/[^\\s\"']*)");

  private final ServerSet set;
  private final SortedMap<String, SortedSet<String>> secrets;
  private final StringBuilder text = new StringBuilder();
  private final SortedMap<String, SortedMap<String, String>> ports = new TreeMap<>();

  /// @param secrets takes the keys of secrets that containers use
  private ImportedGame(ServerSet set, SortedMap<String, SortedSet<String>> secrets) {
    this.set = set;
    this.secrets = secrets;
  }

  /// Everything inside the braces but the versions.
  static String body(ServerSet set, SortedMap<String, SortedSet<String>> secrets) {
    return new ImportedGame(set, secrets).body();
  }

  private String body() {
    if (!set.manifest().namespace().equals(set.game())) {
      line("namespace = " + Spelled.quoted(set.manifest().namespace()));
    }
    if (set.replicas() > 1) {
      line("replicas = " + set.replicas());
    }
    List<Json> containers = set.containers();
    containers.forEach(this::readPorts);
    for (int i = 0; i < containers.size(); i++) {
      if (hotUpdate(containers.get(i)).isEmpty()) {
        container(containers.get(i), i == 0);
      }
    }
    containers.forEach(container -> hotUpdate(container).ifPresent(text::append));
    profile(containers);
    expose();
    return text.toString();
  }

  private void line(String words) {
    text.append("  ").append(words).append('\n');
  }

  private static String name(Json container) {
    return Manifest.text(container, "name").orElse("engine");
  }

  private void readPorts(Json container) {
    SortedMap<String, String> names = new TreeMap<>();
    for (Json port : Manifest.items(container, "ports")) {
      Manifest.number(port, "containerPort")
          .ifPresent(
              number ->
                  names.put(
                      Long.toString(number), Manifest.text(port, "name").orElse("p" + number)));
    }
    ports.put(name(container), names);
  }

  private void container(Json container, boolean isFirst) {
    line("container " + Spelled.label(name(container)) + " {");
    words(container, "command");
    words(container, "args");
    environment(container);
    for (Json port : Manifest.items(container, "ports")) {
      Manifest.number(port, "containerPort")
          .ifPresent(
              number ->
                  line(
                      "  port "
                          + Spelled.label(portName(container, Long.toString(number)))
                          + " { number = "
                          + number
                          + (Manifest.text(port, "protocol").orElse("TCP").equals("UDP")
                              ? ", protocol = udp }"
                              : " }")));
    }
    check(container, "readinessProbe", "ready");
    check(container, "livenessProbe", "live");
    long grace =
        Manifest.number(set.template(), "spec", "terminationGracePeriodSeconds").orElse(0L);
    if (isFirst && grace > 10) {
      line("  save { within = " + (grace - 10) + "s }");
    }
    line("}");
  }

  private String portName(Json container, String number) {
    return ports.getOrDefault(name(container), new TreeMap<>()).getOrDefault(number, "p" + number);
  }

  private void words(Json container, String member) {
    List<String> words = texts(Manifest.items(container, member));
    if (!words.isEmpty()) {
      line("  " + member + " = " + Spelled.list(words));
    }
  }

  private static List<String> texts(List<Json> items) {
    List<String> texts = new ArrayList<>();
    for (Json item : items) {
      if (item instanceof Json.Text(String word)) {
        texts.add(word);
      }
    }
    return texts;
  }

  private void environment(Json container) {
    List<String> entries = new ArrayList<>();
    for (Json variable : Manifest.items(container, "env")) {
      String name = Manifest.text(variable, "name").orElse("");
      Optional<String> secret = Manifest.text(variable, "valueFrom", "secretKeyRef", "name");
      Optional<String> key = Manifest.text(variable, "valueFrom", "secretKeyRef", "key");
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        continue;
      }
      if (secret.isPresent() && key.isPresent()) {
        secrets.computeIfAbsent(secret.get(), _ -> new TreeSet<>()).add(key.get());
        entries.add(name + " = secret." + secret.get() + "." + key.get());
      } else if (Manifest.at(variable, "valueFrom").isEmpty()) {
        entries.add(name + " = " + Spelled.quoted(Manifest.text(variable, "value").orElse("")));
      }
    }
    if (!entries.isEmpty()) {
      line("  env {");
      entries.forEach(entry -> line("    " + entry));
      line("  }");
    }
  }

  private void check(Json container, String member, String word) {
    Optional<Json> probe = Manifest.at(container, member);
    if (probe.isEmpty()) {
      return;
    }
    StringBuilder details = new StringBuilder();
    duration(probe.get(), "periodSeconds", 10).ifPresent(s -> details.append(", every = " + s));
    duration(probe.get(), "timeoutSeconds", 1).ifPresent(s -> details.append(", timeout = " + s));
    Manifest.number(probe.get(), "failureThreshold")
        .filter(failures -> failures != 3)
        .ifPresent(failures -> details.append(", failures = " + failures));
    handler(container, probe.get())
        .ifPresent(handler -> line("  " + word + " " + handler + details + " }"));
  }

  private static Optional<String> duration(Json probe, String member, long otherwise) {
    return Manifest.number(probe, member)
        .filter(seconds -> seconds != otherwise)
        .map(seconds -> seconds + "s");
  }

  private Optional<String> handler(Json container, Json probe) {
    List<String> command = texts(Manifest.items(probe, "exec", "command"));
    if (!command.isEmpty()) {
      return Optional.of("exec { command = " + Spelled.list(command));
    }
    if (Manifest.at(probe, "httpGet").isPresent()) {
      return port(container, probe, "httpGet")
          .map(
              port ->
                  "http { port = "
                      + port
                      + ", path = "
                      + Spelled.quoted(Manifest.text(probe, "httpGet", "path").orElse("/")));
    }
    return port(container, probe, "tcpSocket").map(port -> "tcp { port = " + port);
  }

  private Optional<String> port(Json container, Json probe, String handler) {
    return Manifest.text(probe, handler, "port")
        .or(
            () ->
                Manifest.number(probe, handler, "port")
                    .map(number -> portName(container, Long.toString(number))));
  }

  /// A sidecar that copies files into an empty folder which it shares with the engine.
  private Optional<String> hotUpdate(Json container) {
    List<Json> containers = set.containers();
    if (containers.isEmpty() || container.equals(containers.getFirst())) {
      return Optional.empty();
    }
    Json engine = containers.getFirst();
    for (Json mount : Manifest.items(container, "volumeMounts")) {
      String volume = Manifest.text(mount, "name").orElse("");
      Optional<String> seen =
          isEmptyFolder(volume)
              ? Manifest.items(engine, "volumeMounts").stream()
                  .filter(other -> Manifest.text(other, "name").orElse("").equals(volume))
                  .findFirst()
                  .flatMap(other -> Manifest.text(other, "mountPath"))
              : Optional.empty();
      if (seen.isPresent()) {
        return Optional.of(hotUpdate(container, engine, seen.get()));
      }
    }
    return Optional.empty();
  }

  private boolean isEmptyFolder(String volume) {
    return Manifest.items(set.template(), "spec", "volumes").stream()
        .filter(item -> Manifest.text(item, "name").orElse("").equals(volume))
        .anyMatch(item -> Manifest.at(item, "emptyDir").isPresent());
  }

  private String hotUpdate(Json container, Json engine, String path) {
    StringBuilder block = new StringBuilder();
    block.append("  hot_update ").append(Spelled.label(name(container))).append(" {\n");
    block.append("    files = ").append(Spelled.quoted(files(container))).append('\n');
    block.append("    mount ").append(Spelled.label(name(engine)));
    block.append(" { path = ").append(Spelled.quoted(path)).append(" }\n");
    reload(container, engine).ifPresent(reload -> block.append("    ").append(reload).append('\n'));
    return block.append("  }\n").toString();
  }

  private static String files(Json container) {
    List<String> command = texts(Manifest.items(container, "command"));
    if (command.size() > 2 && command.get(1).equals("/gops/tools/scripts.sh")) {
      return command.get(2);
    }
    List<String> words = new ArrayList<>(command);
    words.addAll(texts(Manifest.items(container, "args")));
    Matcher copy = COPY.matcher(String.join(" ", words));
    return copy.find() && !copy.group(1).isEmpty() ? copy.group(1) : "/app";
  }

  private Optional<String> reload(Json container, Json engine) {
    Optional<Json> start = Manifest.at(container, "lifecycle", "postStart");
    if (start.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> number =
        Manifest.number(start.get(), "httpGet", "port").map(port -> Long.toString(port));
    if (number.isPresent()) {
      return Optional.of(
          http(engine, number.get(), Manifest.text(start.get(), "httpGet", "path").orElse("/")));
    }
    Matcher call =
        CALL.matcher(String.join(" ", texts(Manifest.items(start.get(), "exec", "command"))));
    return call.find() ? Optional.of(http(engine, call.group(1), call.group(2))) : Optional.empty();
  }

  private String http(Json engine, String number, String path) {
    return "reload http { port = "
        + name(engine)
        + "."
        + portName(engine, number)
        + ", path = "
        + Spelled.quoted(path)
        + " }";
  }

  /// What the containers of a game request together is what an empty server needs.
  private void profile(List<Json> containers) {
    long cpu = 0;
    long memory = 0;
    for (Json container : containers) {
      if (hotUpdate(container).isEmpty()) {
        cpu += amount(container, "cpu");
        memory += amount(container, "memory");
      }
    }
    if (cpu > 0 || memory > 0) {
      line(
          "profile { base { "
              + (cpu > 0 ? "cpu = " + cpu + "mcores" : "")
              + (cpu > 0 && memory > 0 ? ", " : "")
              + (memory > 0 ? "memory = " + memory(memory) : "")
              + " } }");
    }
  }

  static long amount(Json container, String resource) {
    return Manifest.at(container, "resources", "requests", resource)
        .or(() -> Manifest.at(container, "resources", "limits", resource))
        .flatMap(value -> Quantity.of(value, resource))
        .orElse(0L);
  }

  private static String memory(long bytes) {
    for (String[] unit : new String[][] {{"Gi", "30"}, {"Mi", "20"}, {"Ki", "10"}}) {
      long size = 1L << Integer.parseInt(unit[1]);
      if (bytes % size == 0) {
        return bytes / size + unit[0];
      }
    }
    return bytes + "B";
  }

  private void expose() {
    Optional<Json> network = set.network();
    String plugin = network.flatMap(block -> Manifest.text(block, "networkType")).orElse("");
    if (!plugin.equals("Kubernetes-HostPort")) {
      return;
    }
    for (Json parameter : Manifest.items(network.orElseThrow(), "networkConf")) {
      if (!Manifest.text(parameter, "name").orElse("").equals("ContainerPorts")) {
        continue;
      }
      for (String of : Manifest.text(parameter, "value").orElse("").split(" ", -1)) {
        String container = of.replaceFirst(":.*", "");
        for (String port : of.replaceFirst("[^:]*:?", "").split(",", -1)) {
          String number = port.replaceFirst("/.*", "").toLowerCase(Locale.ROOT);
          Optional.ofNullable(ports.get(container))
              .flatMap(names -> Optional.ofNullable(names.get(number)))
              .ifPresent(
                  name -> line("expose " + Spelled.label(name) + " { network = " + plugin + " }"));
        }
      }
    }
  }
}
