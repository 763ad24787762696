package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a game says of one kind of server, from one of its sets. What a source cannot say is left
/// out here; [ImportReport] finds out what that is.
final class RoleText {
  private final ServerSet set;
  private final SortedMap<String, SortedSet<String>> secrets;
  private final Wording text;
  private final SidecarText sidecars;
  private final ConfigFileText files;

  /// @param secrets takes the keys of secrets that containers use
  private RoleText(
      ServerSet set,
      Wording text,
      SortedMap<String, SortedSet<String>> secrets,
      ClusterObjects objects) {
    this.set = set;
    this.text = text;
    this.secrets = secrets;
    this.sidecars = new SidecarText(set);
    this.files = new ConfigFileText(set, objects);
  }

  /// Everything of a role but its versions.
  static Wording of(
      ServerSet set,
      Optional<Integer> number,
      String side,
      SortedMap<String, SortedSet<String>> secrets,
      ClusterObjects objects) {
    RoleText role = new RoleText(set, new Wording(number, side), secrets, objects);
    role.body();
    return role.text;
  }

  private void body() {
    List<Json> containers = set.containers();
    for (int i = 0; i < containers.size(); i++) {
      if (!sidecars.isSidecar(containers.get(i))) {
        container(containers.get(i), i == 0);
      }
    }
    containers.stream().filter(sidecars::isSidecar).forEach(c -> sidecars.write(c, text));
    new VolumeText(set, secrets).write(text, sidecars);
    profile(containers);
    ProbeText.write(set, text);
    ExposureText.write(set, text);
  }

  private void line(String words) {
    text.say("  " + words + "\n");
  }

  private void container(Json container, boolean isFirst) {
    line("container " + Spelled.label(ServerSet.name(container)) + " {");
    words(container, "command");
    words(container, "args");
    environment(container);
    ports(container);
    files.write(container, text);
    mounts(container);
    CheckText checks = new CheckText(set, container, text);
    checks.write("readinessProbe", "ready");
    checks.write("livenessProbe", "live");
    checks.write("startupProbe", "startup");
    long grace =
        Manifest.number(set.template(), "spec", "terminationGracePeriodSeconds").orElse(0L);
    if (isFirst && grace > 10 && grace != 30) {
      line("  save { within = " + (grace - 10) + "s }");
    }
    line("}");
  }

  private void words(Json container, String member) {
    List<String> words = ServerSet.unescaped(Manifest.texts(container, member));
    if (!words.isEmpty()) {
      text.say("    " + member + " = ").texts(words).say("\n");
    }
  }

  private void environment(Json container) {
    List<Json> variables = Manifest.items(container, "env");
    if (variables.isEmpty()) {
      return;
    }
    line("  env {");
    for (Json variable : variables) {
      String name = Manifest.text(variable, "name").orElse("");
      Optional<String> secret = Manifest.text(variable, "valueFrom", "secretKeyRef", "name");
      Optional<String> key = Manifest.text(variable, "valueFrom", "secretKeyRef", "key");
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        continue;
      }
      if (secret.isPresent() && key.isPresent()) {
        secrets.computeIfAbsent(secret.get(), _ -> new TreeSet<>()).add(key.get());
        line(
            "    "
                + name
                + " = secret."
                + Spelled.label(secret.get())
                + "."
                + Spelled.label(key.get()));
      } else if (Manifest.at(variable, "valueFrom").isEmpty()) {
        text.say("      " + name + " = ")
            .text(ServerSet.unescaped(Manifest.text(variable, "value").orElse("")))
            .say("\n");
      }
    }
    line("  }");
  }

  private void ports(Json container) {
    SortedMap<String, String> names = set.ports(ServerSet.name(container));
    for (Json port : set.declaredPorts(ServerSet.name(container))) {
      Manifest.number(port, "containerPort")
          .ifPresent(
              number ->
                  line(
                      "  port "
                          + Spelled.label(names.getOrDefault(Long.toString(number), "p" + number))
                          + " { number = "
                          + number
                          + (Manifest.text(port, "protocol").orElse("TCP").equals("UDP")
                              ? ", protocol = udp }"
                              : " }")));
    }
  }

  private void mounts(Json container) {
    for (Json mount : Manifest.items(container, "volumeMounts")) {
      String volume = Manifest.text(mount, "name").orElse("");
      boolean isSaid =
          !sidecars.isShared(volume)
              && !files.isConfig(volume)
              && VolumeText.isDeclared(set, volume);
      if (isSaid) {
        line(
            "  mount "
                + Spelled.label(volume)
                + " { path = "
                + Spelled.quoted(Manifest.text(mount, "mountPath").orElse(""))
                + (Manifest.at(mount, "readOnly").equals(Optional.of(new Json.Bool(true)))
                    ? ", read_only = true }"
                    : " }"));
      }
    }
  }

  /// What the containers of a pod request together is what an empty server needs; what their limits
  /// are more than that, a storm of logins may take.
  private void profile(List<Json> containers) {
    SortedMap<String, Long> requests = new TreeMap<>();
    SortedMap<String, Long> storms = new TreeMap<>();
    for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
      long request = 0;
      long limit = 0;
      boolean isLimited = true;
      for (Json container : containers) {
        request += amount(container, resource);
        Optional<Long> most =
            Manifest.at(container, "resources", "limits", resource)
                .flatMap(value -> Quantity.of(value, resource));
        isLimited &= most.isPresent() || sidecars.isSidecar(container);
        limit += most.orElseGet(() -> SidecarText.usualLimit(resource));
      }
      requests.put(resource, request);
      storms.put(resource, isLimited && limit > request ? limit - request : 0);
    }
    String base = amounts(requests);
    String storm = amounts(storms);
    if (!base.isEmpty()) {
      line("profile {");
      line("  base { " + base + " }");
      if (!storm.isEmpty()) {
        line("  login { " + storm + ", at_most = 1/s }");
      }
      line("}");
    }
  }

  private static String amounts(SortedMap<String, Long> amounts) {
    List<String> words = new ArrayList<>();
    amounts.forEach(
        (resource, amount) -> {
          if (amount > 0) {
            words.add(
                switch (resource) {
                  case "cpu" -> "cpu = " + amount + "mcores";
                  case "memory" -> "memory = " + Quantity.memory(amount);
                  default -> "disk = " + Quantity.memory(amount);
                });
          }
        });
    return String.join(", ", words);
  }

  private long amount(Json container, String resource) {
    return Manifest.at(container, "resources", "requests", resource)
        .or(() -> Manifest.at(container, "resources", "limits", resource))
        .flatMap(value -> Quantity.of(value, resource))
        .orElseGet(() -> sidecars.isSidecar(container) ? SidecarText.usualRequest(resource) : 0L);
  }
}
