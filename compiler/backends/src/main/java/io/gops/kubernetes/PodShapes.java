package io.gops.kubernetes;

import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.fleet.Amounts;
import io.gops.fleet.Patch;
import io.gops.fleet.Pool;
import io.gops.json.Json;
import io.gops.plan.PodTemplates;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The pod templates of one deployment, each shape typed once. Safe for several threads.
///
/// Zones that differ only in what a [Slot] holds share one shape, so a fleet of ten thousand zones
/// has a handful of them.
public final class PodShapes implements PodTemplates {
  private final Deployment deployment;
  private final SortedMap<String, NetworkPlugin> plugins = NetworkPlugin.load();
  private final TypedObjects objects = new TypedObjects();
  private final ConcurrentHashMap<Key, PodShape> shapes = new ConcurrentHashMap<>();

  /// @param deployment whose pools, networks and secrets the templates refer to; workloads asked
  ///     for later may have another version than in it
  public PodShapes(Deployment deployment) {
    this.deployment = deployment;
  }

  /// Everything that a shape depends on; a version names its role and images.
  private record Key(
      String game,
      String role,
      String version,
      boolean paired,
      String pool,
      String vpc,
      int wanted,
      Amounts request,
      Amounts limit) {}

  /// The pod template of `workload` as maps, lists and scalars.
  Map<String, @Nullable Object> template(Workload workload) {
    return of(workload).fill(workload);
  }

  /// Beside the pod template the network of the set, so that the state remembers it.
  @Override
  public Json shape(Workload workload) {
    Json.Members members = Json.object();
    of(workload).tree().forEach((name, member) -> members.with(name, json(member)));
    NetworkBlock.of(workload.role(), plugins)
        .map(NetworkBlock::withoutSidecars)
        .ifPresent(block -> members.with(NETWORK, json(block.tree())));
    return members.end();
  }

  @Override
  public Json fill(Json part, Workload workload) {
    return switch (part) {
      case Json.Text(String text) when SlottedText.isIn(text) ->
          Json.of(SlottedText.parse(text).fill(workload));
      case Json.Arr(List<Json> items) ->
          new Json.Arr(items.stream().map(item -> fill(item, workload)).toList());
      case Json.Obj object -> {
        Json.Members members = Json.object();
        object.members().forEach((name, value) -> members.with(name, fill(value, workload)));
        yield members.end();
      }
      case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> part;
    };
  }

  /// The same with other patches than those of its role.
  Map<String, @Nullable Object> template(Workload workload, List<Patch> patches) {
    return make(workload, patches).fill(workload);
  }

  private PodShape of(Workload workload) {
    return shapes.computeIfAbsent(key(workload), _ -> make(workload, workload.role().patches()));
  }

  private PodShape make(Workload workload, List<Patch> patches) {
    Map<String, Object> typed =
        objects.tree(new TypedPod(workload, sharing(workload), deployment).template());
    Map<String, Object> patched = new Patching(TypedPod::marked).apply(typed, "Pod", patches);
    return PodShape.of(VolumeClaims.beside(patched, workload.role()));
  }

  private Pool.Sharing sharing(Workload workload) {
    return Objects.requireNonNull(deployment.pools().get(workload.zone().body().pool())).sharing();
  }

  private static Key key(Workload workload) {
    return new Key(
        workload.game().name(),
        workload.role().name(),
        workload.version(),
        workload.paired(),
        workload.zone().body().pool(),
        workload.zone().body().vpc().orElse(""),
        workload.wanted(),
        workload.request(),
        workload.limit());
  }

  private static Json json(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Json.Members members = Json.object();
        map.forEach((name, member) -> members.with((String) name, json(member)));
        yield members.end();
      }
      case List<?> list -> new Json.Arr(list.stream().map(PodShapes::json).toList());
      case PodShape.Fixed(Object same) -> json(same);
      case SlottedText text -> Json.of(text.marked());
      case String text -> Json.of(text);
      case Boolean flag -> new Json.Bool(flag);
      case Number number -> Json.of(number.longValue());
      case null -> new Json.Null();
      default -> throw new IllegalStateException("no JSON: " + value.getClass());
    };
  }
}
