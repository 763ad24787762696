package io.gops.plan;

import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Ipv4;
import io.gops.fleet.Side;
import io.gops.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Pod templates with just enough in them to plan with: images, ports, and a name that differs from
/// zone to zone.
public final class SamplePods implements PodTemplates {
  private static final String NAME = "$(name)";

  @Override
  public Json shape(Workload workload) {
    List<Json> containers =
        workload.containerNames().stream()
            .map(
                name ->
                    (Json)
                        Json.object()
                            .with("name", name)
                            .with(
                                "image",
                                Objects.requireNonNull(workload.images().get(name), name)
                                    .toString())
                            .with("ports", ports(workload, name))
                            .with("hello", NAME)
                            .end())
            .toList();
    return Json.object()
        .with("spec", Json.object().with("containers", new Json.Arr(containers)).end())
        .end();
  }

  private static Json ports(Workload workload, String container) {
    return new Json.Arr(
        workload.role().container(container).stream()
            .flatMap(c -> c.ports().stream())
            .map(port -> Json.of(port.number()))
            .toList());
  }

  @Override
  public Json fill(Json part, Workload workload) {
    return switch (part) {
      case Json.Text(String text) -> Json.of(text.replace(NAME, workload.name()));
      case Json.Arr(List<Json> items) ->
          new Json.Arr(items.stream().map(item -> fill(item, workload)).toList());
      case Json.Obj object -> {
        Json.Members members = Json.object();
        object.members().forEach((name, value) -> members.with(name, fill(value, workload)));
        yield members.end();
      }
      case Json.Num _, Json.Bool _, Json.Null _ -> part;
    };
  }

  /// Groups of two buckets on the switches of two hosts; a gateway has one, too.
  public static LoginSteering steering() {
    return new LoginSteering() {
      @Override
      public String group(Group group, Side live) {
        int a = live == Side.A ? 100 : 0;
        return "group_id=%d,type=select,bucket=bucket_id:0,weight:%d,bucket=bucket_id:1,weight:%d"
            .formatted(group.zone().id(), a, 100 - a);
      }

      @Override
      public SortedSet<String> carriers(Group group) {
        return new TreeSet<>(List.of("hz-g001", "hz-g002"));
      }

      @Override
      public Optional<Ipv4> publicAddress(String name) {
        return Optional.empty();
      }

      @Override
      public SortedSet<String> switches() {
        return new TreeSet<>(List.of("hz-g001", "hz-g002", "igw-1"));
      }
    };
  }
}
