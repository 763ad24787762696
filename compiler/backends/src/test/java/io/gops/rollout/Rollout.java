package io.gops.rollout;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gops.artifact.Artifact;
import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Host;
import io.gops.json.Json;
import io.gops.plan.Plan;
import io.gops.plan.PodTemplates;
import io.gops.plan.SamplePods;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A plan written to disk with a cluster to carry it out on.
final class Rollout implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final String release;
  private final Deployment deployment;
  private final Map<String, String> environment = new TreeMap<>();
  final StandIn cluster;

  Rollout(Path folder, Plan plan, Deployment deployment) throws IOException {
    this(folder, plan, deployment, new SamplePods());
  }

  /// @param pods what the sets of the cluster are made of
  Rollout(Path folder, Plan plan, Deployment deployment, PodTemplates pods) throws IOException {
    this.folder = folder;
    this.release = plan.release();
    this.deployment = deployment;
    this.cluster = new StandIn(folder.resolve("cluster"));
    write(plan);
    for (Workload workload : deployment.workloads().values()) {
      cluster.put("set", workload.game().namespace(), workload.name(), set(workload, pods));
    }
    for (Host host : deployment.hosts().values()) {
      cluster.put("node", "", host.name(), node(host, deployment));
    }
    environment.put("GOPS_KUBECTL", cluster.command("kubectl").toString());
    environment.put("GOPS_HOST_EXEC", cluster.command("host").toString());
    environment.put("GOPS_STAND_IN", Integer.toString(cluster.port()));
    environment.put("GOPS_STATE", state().toString());
    environment.put("GOPS_POLL", "0.05");
    environment.put("GOPS_ACTOR", "tester");
  }

  Path state() {
    return folder.resolve("state.jsonl");
  }

  Path files() {
    return folder.resolve("default/hz/rollout").resolve(release);
  }

  Path journal() {
    return files().resolve("journal.jsonl");
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /// Replaces the files of the rollout by those of another plan, as a compile does.
  void write(Plan plan) throws IOException {
    for (Artifact file : RolloutFiles.of(plan, "default/hz/", deployment)) {
      Path path = folder.resolve(file.path());
      Files.createDirectories(path.getParent());
      try (OutputStream out = Files.newOutputStream(path)) {
        file.content().writeTo(out);
      }
    }
  }

  private static ObjectNode set(Workload workload, PodTemplates pods) throws IOException {
    Json template = pods.fill(pods.shape(workload), workload);
    ObjectNode set = JSON.createObjectNode();
    ObjectNode spec = set.putObject("spec");
    spec.put("replicas", workload.replicas());
    spec.set("gameServerTemplate", JSON.readTree(template.print()));
    spec.putObject("updateStrategy").putObject("rollingUpdate").put("partition", 0);
    return set;
  }

  private static ObjectNode node(Host host, Deployment deployment) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", host.name());
    node.put("ready", host.state() == Host.State.FAILED ? "Unknown" : "True");
    ObjectNode labels = node.putObject("metadata").putObject("labels");
    for (Group group : deployment.groups().values()) {
      String label = "node-restriction.kubernetes.io/gops-" + group.id();
      List<Group.Placement> places = group.placements();
      if (places.stream().anyMatch(place -> place.primary().equals(host.name()))) {
        labels.put(label, "primary");
      } else if (places.stream().anyMatch(p -> p.failover().equals(Optional.of(host.name())))) {
        labels.put(label, "failover");
      }
    }
    return node;
  }

  /// A node stops giving signs of life.
  void lose(String node) throws IOException {
    ObjectNode object = (ObjectNode) cluster.get("node", "", node);
    cluster.put("node", "", node, object.put("ready", "Unknown"));
  }

  /// Exit code and all output of a finished run.
  record Result(int code, String text) {}

  Process start(String shell, String... words) throws IOException {
    return start(shell, files().resolve("rollout.sh"), "output.txt", words);
  }

  /// What the last process that was started wrote.
  Path output() {
    return folder.resolve("output.txt");
  }

  /// Starts one of the generated scripts.
  Process start(String shell, Path script, String output, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(shell.split(" ")));
    command.add(script.toString());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(output).toFile());
    return builder.start();
  }

  Result run(String shell, String... words) throws IOException, InterruptedException {
    return run(shell, files().resolve("rollout.sh"), words);
  }

  /// Runs one of the generated scripts to its end.
  Result run(String shell, Path script, String... words) throws IOException, InterruptedException {
    String output = script.getFileName() + "-" + words[0] + ".txt";
    Process process = start(shell, script, output, words);
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    String text = Files.readString(folder.resolve(output), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), text);
  }

  @Override
  public void close() throws IOException {
    cluster.close();
  }
}
