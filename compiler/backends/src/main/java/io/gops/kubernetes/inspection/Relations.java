package io.gops.kubernetes.inspection;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the fields of one object must be to each other.
final class Relations {
  private static final String JOB = "spec.jobTemplate.spec.template.spec";
  private static final String TEMPLATE = "spec.gameServerTemplate";

  /// Takes what is wrong.
  @FunctionalInterface
  interface Report {
    void defect(String path, String found, String wanted);
  }

  private final Tree object;
  private final Seen seen;
  private final Report report;
  private int found;

  /// @param seen parts that were looked at and were right
  Relations(Tree object, Seen seen, Report report) {
    this.object = object;
    this.seen = seen;
    this.report =
        (path, was, wanted) -> {
          found++;
          report.defect(path, was, wanted);
        };
  }

  void check() {
    switch (object.at("kind").scalar()) {
      case "CronJob" ->
          pod(object.at("spec", "jobTemplate", "spec", "template", "spec"), JOB, Set.of());
      case "Fleet" ->
          pod(
              object.at("spec", "template", "spec", "template", "spec"),
              "spec.template.spec.template.spec",
              Set.of());
      case "FleetAutoscaler" -> buffer();
      case "GameServerSet" -> {
        if (object.at("spec", "gameServerTemplate").isPresent()) {
          gameServerSet();
        }
      }
      case "HorizontalPodAutoscaler" -> bounds("minReplicas", "maxReplicas");
      case "ScaledObject" -> bounds("minReplicaCount", "maxReplicaCount");
      case "NetworkPolicy" -> networkPolicy();
      default -> {}
    }
  }

  /// Agones refuses a buffer that the bounds cannot hold.
  private void buffer() {
    Tree buffer = object.at("spec", "policy", "buffer");
    long size = buffer.at("bufferSize").number().orElse(0L);
    long least = buffer.at("minReplicas").number().orElse(Long.MAX_VALUE);
    long most = buffer.at("maxReplicas").number().orElse(Long.MAX_VALUE);
    if (size > least || least > most) {
      report.defect(
          "spec.policy.buffer.bufferSize", Long.toString(size), "at most the least number");
    }
  }

  private void bounds(String least, String most) {
    long few = object.at("spec", least).number().orElse(0L);
    long many = object.at("spec", most).number().orElse(Long.MAX_VALUE);
    if (few > many) {
      report.defect("spec." + least, Long.toString(few), "no more than " + most + ", " + many);
    }
  }

  private void gameServerSet() {
    Tree template = object.at("spec", "gameServerTemplate");
    Set<String> claims = new TreeSet<>();
    for (Tree claim : template.at("volumeClaimTemplates").elements()) {
      claims.add(claim.at("metadata", "name").scalar());
    }
    pod(template.at("spec"), TEMPLATE + ".spec", claims);
    Set<String> containers = names(template.at("spec", "containers"));
    int index = 0;
    for (Tree quality : object.at("spec", "serviceQualities").elements()) {
      known(
          quality.at("containerName").scalar(),
          containers,
          "spec.serviceQualities[" + index++ + "].containerName",
          "a container of the pod");
    }
    partition();
    reserved();
    hooks();
  }

  /// More than there are updates nothing; a side that is stopped keeps its 0.
  private void partition() {
    long partition =
        object.at("spec", "updateStrategy", "rollingUpdate", "partition").number().orElse(0L);
    // An autoscaler has the number where the set has none.
    long replicas = object.at("spec", "replicas").number().orElse(Long.MAX_VALUE);
    if (partition > replicas) {
      report.defect(
          "spec.updateStrategy.rollingUpdate.partition",
          Long.toString(partition),
          "at most the number of servers, " + replicas);
    }
  }

  /// `3` or `"5-7"`, ascending, each number once: of a list in which one is wrong OpenKruiseGame
  /// forgets all.
  private void reserved() {
    Set<Long> seen = new HashSet<>();
    int index = 0;
    for (Tree entry : object.at("spec", "reserveGameServerIds").elements()) {
      Optional<List<Long>> numbers = numbers(entry.scalar());
      if (numbers.isEmpty() || !numbers.get().stream().allMatch(seen::add)) {
        report.defect(
            "spec.reserveGameServerIds[" + index + "]",
            FieldRule.print(entry.scalar()),
            "a number or an ascending range, each number once");
      }
      index++;
    }
  }

  private static Optional<List<Long>> numbers(String text) {
    if (!text.matches("\\d{1,9}(-\\d{1,9})?")) {
      return Optional.empty();
    }
    String[] ends = text.split("-", -1);
    long first = Long.parseLong(ends[0]);
    long last = Long.parseLong(ends[ends.length - 1]);
    return first > last || last - first > 1_000_000
        ? Optional.empty()
        : Optional.of(Stream.iterate(first, n -> n <= last, n -> n + 1).toList());
  }

  /// A hook whose label no pod has protects nothing.
  private void hooks() {
    Tree labels = object.at("spec", "gameServerTemplate", "metadata", "labels");
    object
        .at("spec", "lifecycle")
        .members()
        .forEach(
            hook ->
                hook.getValue()
                    .at("labelsHandler")
                    .members()
                    .filter(label -> !labels.at(label.getKey()).equals(label.getValue()))
                    .forEach(
                        label ->
                            report.defect(
                                "spec.lifecycle." + hook.getKey() + ".labelsHandler",
                                FieldRule.print(label.getKey()),
                                "a label of the pod")));
  }

  /// @param claims volumes that the controller adds to the pod
  private void pod(Tree spec, String path, Set<String> claims) {
    tolerations(spec, path);
    Object containers = spec.at("containers").value();
    Object volumes = spec.at("volumes").value();
    if (containers == null || volumes == null || !claims.isEmpty()) {
      inside(spec, path, claims);
      return;
    }
    int before = found;
    if (!seen.contains(containers, volumes)) {
      inside(spec, path, claims);
    }
    if (found == before) {
      seen.add(containers, volumes);
    }
  }

  private void inside(Tree spec, String path, Set<String> claims) {
    Set<String> volumes = names(spec.at("volumes"));
    for (String claim : claims) {
      if (!volumes.add(claim)) {
        report.defect(path + ".volumes", FieldRule.print(claim) + " twice", "the only one there");
      }
    }
    Set<String> ports = new HashSet<>();
    Set<String> containers = new HashSet<>();
    for (String list : new String[] {"initContainers", "containers"}) {
      int index = 0;
      for (Tree container : spec.at(list).elements()) {
        String at = path + "." + list + "[" + index++ + "]";
        String name = container.at("name").scalar();
        if (!containers.add(name)) {
          report.defect(at + ".name", FieldRule.print(name) + " twice", "the only one there");
        }
        ports(container, at, ports);
        mounts(container, at, volumes);
        probes(container, at);
        resources(container, at);
      }
    }
  }

  /// The containers of a pod share its ports: whoever comes second cannot listen.
  private void ports(Tree container, String path, Set<String> taken) {
    int index = 0;
    for (Tree port : container.at("ports").elements()) {
      String at = path + ".ports[" + index++ + "].";
      String protocol = "/" + port.at("protocol").scalar();
      for (String field : new String[] {"containerPort", "hostPort"}) {
        Tree number = port.at(field);
        String one = number.scalar() + protocol;
        if (number.isPresent() && !taken.add(field + one)) {
          report.defect(at + field, one + " twice", "the only one there");
        }
      }
    }
  }

  private void mounts(Tree container, String path, Set<String> volumes) {
    int index = 0;
    for (Tree mount : container.at("volumeMounts").elements()) {
      known(
          mount.at("name").scalar(),
          volumes,
          path + ".volumeMounts[" + index++ + "].name",
          "a volume of the pod");
    }
  }

  private void probes(Tree container, String path) {
    Set<String> ports = names(container.at("ports"));
    String[][] handlers = {
      {"livenessProbe"},
      {"readinessProbe"},
      {"startupProbe"},
      {"lifecycle", "postStart"},
      {"lifecycle", "preStop"}
    };
    for (String[] handler : handlers) {
      for (String way : new String[] {"httpGet", "tcpSocket"}) {
        Optional<String> port = container.at(handler).at(way, "port").text();
        port.ifPresent(
            name ->
                known(
                    name,
                    ports,
                    path + "." + String.join(".", handler) + "." + way + ".port",
                    "a port of the container"));
      }
    }
  }

  private void resources(Tree container, String path) {
    Tree limits = container.at("resources", "limits");
    container
        .at("resources", "requests")
        .members()
        .forEach(
            request -> {
              Optional<BigDecimal> asked = Quantity.parse(request.getValue().scalar());
              Optional<BigDecimal> most = Quantity.parse(limits.at(request.getKey()).scalar());
              if (asked.isPresent() && most.isPresent() && asked.get().compareTo(most.get()) > 0) {
                report.defect(
                    path + ".resources.requests." + request.getKey(),
                    FieldRule.print(request.getValue().scalar()),
                    "at most the limit, " + limits.at(request.getKey()).scalar());
              }
            });
  }

  private void tolerations(Tree spec, String path) {
    int index = 0;
    for (Tree toleration : spec.at("tolerations").elements()) {
      String at = path + ".tolerations[" + index++ + "]";
      boolean exists = toleration.at("operator").scalar().equals("Exists");
      if (exists && !toleration.at("value").scalar().isEmpty()) {
        report.defect(at + ".value", FieldRule.print(toleration.at("value").scalar()), "left out");
      }
      if (!exists && toleration.at("key").scalar().isEmpty()) {
        report.defect(at + ".key", "missing", "a field that is given");
      }
    }
  }

  private void networkPolicy() {
    for (String side : new String[] {"ingress", "egress"}) {
      int index = 0;
      for (Tree rule : object.at("spec", side).elements()) {
        String at = "spec." + side + "[" + index++ + "].";
        rule(rule, at, side.equals("ingress") ? "from" : "to");
      }
    }
  }

  private void rule(Tree rule, String path, String peers) {
    int index = 0;
    for (Tree port : rule.at("ports").elements()) {
      long last = port.at("endPort").number().orElse(65_535L);
      if (last < port.at("port").number().orElse(1L)) {
        report.defect(
            path + "ports[" + index + "].endPort", Long.toString(last), "no less than the port");
      }
      index++;
    }
    index = 0;
    for (Tree peer : rule.at(peers).elements()) {
      String block = path + peers + "[" + index++ + "].ipBlock.";
      Optional<Prefix> whole = Prefix.of(peer.at("ipBlock", "cidr").scalar());
      for (Tree except : peer.at("ipBlock", "except").elements()) {
        Optional<Prefix> part = Prefix.of(except.scalar());
        if (whole.isPresent() && part.isPresent() && !whole.get().isWiderThan(part.get())) {
          report.defect(block + "except", FieldRule.print(except.scalar()), "a part of the prefix");
        }
      }
    }
  }

  private void known(String name, Set<String> known, String path, String wanted) {
    if (!known.contains(name)) {
      report.defect(path, FieldRule.print(name), wanted);
    }
  }

  private static Set<String> names(Tree list) {
    Set<String> names = new TreeSet<>();
    list.elements().forEach(element -> names.add(element.at("name").scalar()));
    return names;
  }
}
