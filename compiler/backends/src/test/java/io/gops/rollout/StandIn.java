package io.gops.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands in for `kubectl` and for hosts while a runner is tested: keeps objects as JSON files,
/// applies patches to them, and plays the controller that makes pods of sets.
///
/// The runner calls small scripts that pass their arguments on to this process.
final class StandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern WEIGHT = Pattern.compile("group_id=(\\d+),.*");

  private final Path folder;
  private final ServerSocket server;
  private final Map<String, TreeMap<Integer, ObjectNode>> pods = new TreeMap<>();
  private final Map<String, TreeMap<String, String>> switches = new TreeMap<>();
  private final Map<String, Integer> players = new TreeMap<>();
  private final List<String> writes = new ArrayList<>();
  private final Set<String> broken = new TreeSet<>();
  private volatile String owners = "gopsc";
  private final Set<String> crashed = new TreeSet<>();
  private int nextUid = 1;

  StandIn(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    for (String name : List.of("kubectl", "host")) {
      Path script = folder.resolve(name);
      try (InputStream in =
          Objects.requireNonNull(StandIn.class.getResourceAsStream("stand-in.sh"))) {
        Files.write(script, in.readAllBytes());
      }
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Thread.ofPlatform().daemon().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  Path command(String name) {
    return folder.resolve(name);
  }

  /// What was changed, one line each, without what was only looked at.
  synchronized List<String> writes() {
    return List.copyOf(writes);
  }

  /// Puts an object there, as `kubectl apply` would have.
  synchronized void put(String kind, String namespace, String name, JsonNode object)
      throws IOException {
    Path file = file(kind, namespace, name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, JSON.writeValueAsString(object));
    if (kind.equals("set")) {
      reconcile(namespace, name);
    }
  }

  synchronized JsonNode get(String kind, String namespace, String name) throws IOException {
    return JSON.readTree(Files.readString(file(kind, namespace, name)));
  }

  /// From now on the fields of every set belong to these field managers.
  void owners(String... managers) {
    owners = String.join("\n", managers);
  }

  /// @param of a set, each of whose pods has them, or one pod
  synchronized void players(String of, int count) {
    players.put(of, count);
  }

  synchronized Map<String, String> groups(String host) {
    return Map.copyOf(switches.getOrDefault(host, new TreeMap<>()));
  }

  private Path file(String kind, String namespace, String name) {
    return folder.resolve("objects").resolve(kind + "-" + namespace + "-" + name + ".json");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        answer(client);
      } catch (IOException gone) {
        // A runner that was killed does not wait for its answer.
      }
    }
  }

  private void answer(Socket client) throws IOException {
    InputStream in = new BufferedInputStream(client.getInputStream());
    List<String> words = new ArrayList<>();
    int count = number(in);
    for (int i = 0; i < count; i++) {
      byte[] word = in.readNBytes(number(in));
      words.add(new String(word, StandardCharsets.UTF_8));
    }
    String input = words.removeLast();
    Answer answer = carryOut(words, input);
    byte[] out = answer.out.getBytes(StandardCharsets.UTF_8);
    byte[] errors = answer.errors.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(
        (answer.code + " " + out.length + " " + errors.length + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(out);
    all.writeBytes(errors);
    client.getOutputStream().write(all.toByteArray());
  }

  /// A number that ends its line.
  private static int number(InputStream in) throws IOException {
    int value = 0;
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < '0' || c > '9') {
        throw new EOFException("the caller was killed");
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  private record Answer(int code, String out, String errors) {
    static Answer of(String out) {
      return new Answer(0, out, "");
    }

    static Answer refused(String why) {
      return new Answer(1, "", why + "\n");
    }
  }

  private synchronized Answer carryOut(List<String> words, String input) {
    try {
      return words.getFirst().equals("host")
          ? host(words.get(1), words.get(2), input)
          : kubectl(words.subList(1, words.size()));
    } catch (IOException | RuntimeException broken) {
      // Without an answer the runner would wait for ever.
      return Answer.refused("the stand-in is broken: " + broken);
    }
  }

  private Answer host(String host, String command, String input) {
    TreeMap<String, String> groups = switches.computeIfAbsent(host, _ -> new TreeMap<>());
    if (broken.contains(host)) {
      return Answer.refused("connection to " + host + " timed out");
    }
    if (command.contains("dump-groups")) {
      return Answer.of(
          "OFPST_GROUP_DESC reply (OF1.5) (xid=0x2):\n "
              + String.join("\n ", groups.values())
              + "\n");
    }
    if (command.contains("add-groups")) {
      for (String line : input.lines().toList()) {
        Matcher group = WEIGHT.matcher(line.replace("add_or_mod ", ""));
        if (!group.matches()) {
          return Answer.refused("bad group " + line);
        }
        groups.put(group.group(1), group.group());
        writes.add(host + " group " + group.group(1));
      }
      return Answer.of("");
    }
    writes.add(host + " program");
    return Answer.of("");
  }

  private Answer kubectl(List<String> words) throws IOException {
    Map<String, String> options = new TreeMap<>();
    List<String> plain = new ArrayList<>();
    List<String> command = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        command.addAll(words.subList(i + 1, words.size()));
        break;
      } else if (word.matches("-[a-z]")) {
        options.put(word, words.get(++i));
      } else if (word.startsWith("--")) {
        String[] parts = word.split("=", 2);
        options.put(parts[0], parts.length > 1 ? parts[1] : "");
      } else {
        plain.add(word);
      }
    }
    String namespace = options.getOrDefault("-n", "");
    return switch (plain.getFirst()) {
      case "patch" ->
          options.containsKey("--local")
              ? compare(options)
              : kind(plain).equals("server")
                  ? tell(plain.get(2), options)
                  : patch(kind(plain), namespace, plain.get(2), options);
      case "create" -> create(options);
      case "get" -> get(namespace, plain, options);
      case "exec" -> exec(plain.get(1), command);
      case "label" -> label(plain.get(2), plain.get(3));
      case "cordon" -> cordon(plain.get(1), true);
      case "uncordon" -> cordon(plain.get(1), false);
      case "taint" -> taint(plain.get(2), plain.get(3));
      default -> Answer.refused("unknown command " + plain);
    };
  }

  private static String kind(List<String> plain) {
    return plain.get(1).startsWith("leases.")
        ? "lease"
        : plain.get(1).startsWith("gameservers.") ? "server" : "set";
  }

  private ObjectNode pod(String name) {
    String set = name.substring(0, name.lastIndexOf('-'));
    int ordinal = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    return Objects.requireNonNull(pods.getOrDefault(set, new TreeMap<>()).get(ordinal), name);
  }

  /// Operations say something of a server.
  synchronized void say(String pod, String state) {
    pod(pod).put("opsState", state);
  }

  /// Host of each pod of a set, by the name of the pod.
  synchronized Map<String, String> hosts(String set) {
    Map<String, String> hosts = new TreeMap<>();
    for (ObjectNode pod : pods.getOrDefault(set, new TreeMap<>()).values()) {
      hosts.put(pod.get("name").asText(), hostOf(set, pod));
    }
    return hosts;
  }

  /// The GameServer of a pod, of which only one field is asked for and changed.
  private Answer tell(String name, Map<String, String> options) throws IOException {
    JsonNode operations = JSON.readTree(options.getOrDefault("-p", "[]"));
    ObjectNode pod = pod(name);
    if (!pod.path("opsState").asText("None").equals(operations.at("/0/value").asText())) {
      return Answer.refused("the server rejected our request: test of opsState failed");
    }
    pod.put("opsState", operations.at("/1/value").asText());
    writes.add(name + " " + pod.get("opsState").asText());
    return Answer.of("gameserver/" + name + "\n");
  }

  private Answer create(Map<String, String> options) throws IOException {
    JsonNode object = JSON.readTree(Files.readString(Path.of(options.getOrDefault("-f", ""))));
    String namespace = object.at("/metadata/namespace").asText();
    String name = object.at("/metadata/name").asText();
    if (Files.exists(file("lease", namespace, name))) {
      return Answer.refused("AlreadyExists");
    }
    put("lease", namespace, name, object);
    return Answer.of("lease/" + name + "\n");
  }

  private Answer lease(String namespace, String name, String output) throws IOException {
    if (!Files.exists(file("lease", namespace, name))) {
      return Answer.of("");
    }
    JsonNode spec = get("lease", namespace, name).get("spec");
    return Answer.of(
        output.contains("holderIdentity")
            ? spec.get("holderIdentity").asText() + "\t" + spec.get("renewTime").asText()
            : spec.get("leaseDurationSeconds").asText());
  }

  private Answer patch(String kind, String namespace, String name, Map<String, String> options)
      throws IOException {
    JsonNode object = get(kind, namespace, name);
    Optional<String> refusal = change(object, options);
    if (refusal.isPresent()) {
      return Answer.refused(refusal.get());
    }
    if (!options.containsKey("--dry-run")) {
      put(kind, namespace, name, object);
      if (kind.equals("set")) {
        writes.add(name + " " + options.get("-p"));
      }
    }
    return Answer.of("gameserverset/" + name + "\n");
  }

  /// A patch of a file, of which nothing becomes of the cluster.
  private static Answer compare(Map<String, String> options) throws IOException {
    JsonNode object = JSON.readTree(Files.readString(Path.of(options.getOrDefault("-f", ""))));
    return change(object, options).map(Answer::refused).orElseGet(() -> Answer.of("same\n"));
  }

  /// Carries out a patch on an object.
  ///
  /// @return why it is refused
  private static Optional<String> change(JsonNode object, Map<String, String> options)
      throws IOException {
    for (JsonNode operation : JSON.readTree(options.getOrDefault("-p", "[]"))) {
      String path = operation.get("path").asText();
      JsonNode parent = object.at(path.substring(0, path.lastIndexOf('/')));
      String last = path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
      String what = operation.get("op").asText();
      JsonNode value = operation.get("value");
      if (what.equals("test")) {
        if (!object.at(path).equals(value)) {
          return Optional.of("the server rejected our request: test of " + path + " failed");
        }
      } else if (parent.isMissingNode()
          || (what.equals("replace") && object.at(path).isMissingNode())) {
        return Optional.of("there is no " + path);
      } else if (parent instanceof ArrayNode array) {
        array.set(Integer.parseInt(last), value);
      } else {
        ((ObjectNode) parent).set(last, value);
      }
    }
    return Optional.empty();
  }

  /// Makes the pods of a set as the Advanced StatefulSet does with partition 0: the lowest ordinals
  /// that are missing are created; of too many, those that are told to go are deleted first, then
  /// the highest; a pod in which only images differ stays, any other is recreated.
  private void reconcile(String namespace, String name) throws IOException {
    JsonNode set = get("set", namespace, name);
    TreeMap<Integer, ObjectNode> mine = pods.computeIfAbsent(name, _ -> new TreeMap<>());
    int replicas = set.at("/spec/replicas").asInt();
    while (mine.size() > replicas) {
      mine.remove(firstToGo(mine));
    }
    for (int ordinal = 0; mine.size() < replicas; ordinal++) {
      mine.putIfAbsent(ordinal, JSON.createObjectNode());
    }
    for (Map.Entry<Integer, ObjectNode> entry : mine.entrySet()) {
      ObjectNode template = set.at("/spec/gameServerTemplate/spec").deepCopy();
      ObjectNode pod = entry.getValue();
      boolean stays = withoutImages(pod.at("/spec")).equals(withoutImages(template));
      pod.put("name", name + "-" + entry.getKey());
      pod.put("uid", stays ? pod.get("uid").asText() : "uid-" + nextUid++);
      pod.set("spec", template);
    }
  }

  private static int firstToGo(NavigableMap<Integer, ObjectNode> pods) {
    return pods.descendingMap().entrySet().stream()
        .filter(pod -> pod.getValue().path("opsState").asText().equals("WaitToBeDeleted"))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> pods.lastEntry().getKey());
  }

  private static JsonNode withoutImages(JsonNode spec) {
    JsonNode copy = spec.deepCopy();
    copy.at("/containers").forEach(container -> ((ObjectNode) container).remove("image"));
    return copy;
  }

  private Answer get(String namespace, List<String> plain, Map<String, String> options)
      throws IOException {
    String output = options.getOrDefault("-o", "");
    if (options.containsKey("--field-selector")) {
      return Answer.of(setsOn(options.getOrDefault("--field-selector", "")));
    }
    if (plain.get(1).equals("pods")) {
      String set = options.getOrDefault("-l", "").replace("game.kruise.io/owner-gss=", "");
      return Answer.of(listing(set));
    }
    if (plain.get(1).equals("node")) {
      JsonNode node = get("node", "", plain.get(2));
      if (output.startsWith("go-template=")) {
        String label = output.replaceAll(".*\"(.*)\".*", "$1");
        JsonNode value = node.at("/metadata/labels").get(label);
        return Answer.of(value == null ? "<no value>" : value.asText());
      }
      if (output.contains("unschedulable")) {
        return Answer.of(node.path("shut").asText());
      }
      if (output.contains("taints")) {
        return Answer.of(node.path("fence").asText());
      }
      return Answer.of(output.contains("Ready") ? node.path("ready").asText() : "1");
    }
    if (kind(plain).equals("server")) {
      return Answer.of(pod(plain.get(2)).path("opsState").asText("None"));
    }
    if (kind(plain).equals("lease")) {
      return lease(namespace, plain.get(2), output);
    }
    JsonNode set = get("set", namespace, plain.get(2));
    if (output.equals("json")) {
      return Answer.of(set.toString());
    }
    if (output.contains("managedFields")) {
      return Answer.of(owners);
    }
    if (output.equals("jsonpath={.spec.replicas}")) {
      return Answer.of(set.at("/spec/replicas").asText());
    }
    return Answer.refused("unknown output " + output);
  }

  /// Namespace and name of every set that has a pod on a node.
  private String setsOn(String selector) throws IOException {
    String node = selector.substring(selector.lastIndexOf('=') + 1);
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, TreeMap<Integer, ObjectNode>> entry : pods.entrySet()) {
      if (!entry.getValue().isEmpty() && hostOf(entry.getKey()).equals(node)) {
        text.append(namespaceOf(entry.getKey())).append('\t').append(entry.getKey()).append('\n');
      }
    }
    return text.toString();
  }

  private String namespaceOf(String set) throws IOException {
    try (var files =
        Files.newDirectoryStream(folder.resolve("objects"), "set-*-" + set + ".json")) {
      String file = files.iterator().next().getFileName().toString();
      return file.substring("set-".length(), file.length() - ("-" + set + ".json").length());
    }
  }

  /// From now on the switch of a host refuses everything.
  synchronized void breakSwitch(String host) {
    broken.add(host);
  }

  synchronized void repairSwitches() {
    broken.clear();
  }

  /// From now on no pod of a set is ready.
  synchronized void crash(String set) {
    crashed.add(set);
  }

  synchronized void cure(String set) {
    crashed.remove(set);
  }

  private String listing(String set) {
    StringBuilder text = new StringBuilder();
    for (ObjectNode pod : pods.getOrDefault(set, new TreeMap<>()).values()) {
      text.append(pod.get("name").asText()).append('\t').append(pod.get("uid").asText());
      text.append(crashed.contains(set) ? "\t\tFalse\t" : "\t\tTrue\t")
          .append(hostOf(set, pod))
          .append('\t');
      for (JsonNode container : pod.at("/spec/containers")) {
        text.append(container.get("name").asText()).append('=');
        text.append(container.get("image").asText()).append(',');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /// A node whose label names the group of the set as at home.
  private String hostOf(String set) {
    return homes(set).stream().findFirst().orElse("anywhere");
  }

  /// Where a pod is. Pods of a set that has several homes are interchangeable: which one is where
  /// does not follow from their numbers.
  private String hostOf(String set, ObjectNode pod) {
    List<String> homes = homes(set);
    if (homes.size() < 2) {
      return hostOf(set);
    }
    if (!pod.has("node")) {
      List<String> taken =
          pods.getOrDefault(set, new TreeMap<>()).values().stream()
              .map(other -> other.path("node").asText())
              .toList();
      homes.reversed().stream()
          .filter(host -> !taken.contains(host))
          .findFirst()
          .ifPresent(host -> pod.put("node", host));
    }
    return pod.path("node").asText();
  }

  /// The nodes whose labels name the group of the set as at home.
  private List<String> homes(String set) {
    String group = set.replaceAll("^.*?-(\\d+(?:-[a-z]+)??)(?:-[ab])?$", "$1");
    String label = "node-restriction.kubernetes.io/gops-" + group;
    Set<String> homes = new TreeSet<>();
    try (var files = Files.newDirectoryStream(folder.resolve("objects"), "node-*.json")) {
      for (Path file : files) {
        JsonNode node = JSON.readTree(Files.readString(file));
        if (node.at("/metadata/labels").path(label).asText().equals("primary")) {
          homes.add(node.get("name").asText());
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return List.copyOf(homes);
  }

  private Answer exec(String pod, List<String> command) {
    String set = pod.substring(0, pod.lastIndexOf('-'));
    if (command.getFirst().contains("players")) {
      return Answer.of(players.getOrDefault(pod, players.getOrDefault(set, 0)) + "\n");
    }
    writes.add(pod + " exec " + String.join(" ", command));
    return Answer.of("");
  }

  private Answer label(String name, String change) throws IOException {
    ObjectNode node = (ObjectNode) get("node", "", name);
    ObjectNode labels = (ObjectNode) node.at("/metadata/labels");
    if (change.endsWith("-")) {
      labels.remove(change.substring(0, change.length() - 1));
    } else {
      String[] parts = change.split("=", 2);
      labels.put(parts[0], parts[1]);
    }
    put("node", "", name, node);
    writes.add(name + " label " + change);
    return Answer.of("");
  }

  private Answer cordon(String name, boolean shut) throws IOException {
    ObjectNode node = (ObjectNode) get("node", "", name);
    node.put("shut", shut ? "true" : "");
    put("node", "", name, node);
    writes.add(name + " cordon " + shut);
    return Answer.of("");
  }

  private Answer taint(String name, String taint) throws IOException {
    ObjectNode node = (ObjectNode) get("node", "", name);
    node.put("fence", taint.substring(taint.lastIndexOf(':') + 1));
    put("node", "", name, node);
    writes.add(name + " taint");
    return Answer.of("");
  }
}
