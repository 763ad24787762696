package io.gops.deployment;

import io.gops.fleet.Amounts;
import io.gops.fleet.Resource;
import io.gops.fleet.Side;
import io.gops.json.Json;
import io.gops.state.State;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the pods of each side ask for and may use, as the pod templates of the state say.
///
/// They keep it until a release brings another version, whatever the profile and the players of
/// their zone say in the meantime: another number in the template would recreate every pod.
public final class StartedPods {
  private static final Map<String, Resource> NAMES =
      Map.of("cpu", Resource.CPU, "memory", Resource.MEMORY, "ephemeral-storage", Resource.DISK);

  private static final List<String> UNITS = List.of("Ki", "Mi", "Gi", "Ti", "Pi");

  private final State state;
  private final Map<String, Sizing.PodSize> sizes = new HashMap<>();

  private StartedPods(State state) {
    this.state = state;
    state.templates().forEach((hash, content) -> sizes.put(hash, size(content)));
  }

  public static StartedPods of(State state) {
    return new StartedPods(state);
  }

  /// The size of a side's pods that were started with a version.
  ///
  /// @param now what the source says of it
  public Sizing.PodSize size(String group, Side side, String version, Sizing.PodSize now) {
    return recorded(group, side)
        .filter(found -> found.version().equals(version))
        .map(found -> sizes.get(found.template()))
        .map(
            started ->
                new Sizing.PodSize(
                    over(now.request(), started.request()), over(now.limit(), started.limit())))
        .orElse(now);
  }

  private Optional<State.SideState> recorded(String group, Side side) {
    return Optional.ofNullable(state.groups().get(group)).map(found -> found.sides().get(side));
  }

  /// What a template says nothing of stays as it is.
  private static Amounts over(Amounts now, Amounts started) {
    Amounts result = now;
    for (Resource resource : started.resources()) {
      result = result.with(resource, started.get(resource));
    }
    return result;
  }

  private static Sizing.PodSize size(String content) {
    Json template;
    try {
      template = Json.parse(content);
    } catch (IOException broken) {
      throw new IllegalStateException("the state was read before", broken);
    }
    List<Json> containers =
        member(member(template, "spec"), "containers") instanceof Json.Arr(List<Json> items)
            ? items
            : List.of();
    return new Sizing.PodSize(sum(containers, "requests"), sum(containers, "limits"));
  }

  private static Amounts sum(List<Json> containers, String kind) {
    Map<Resource, Long> sum = new EnumMap<>(Resource.class);
    for (Json container : containers) {
      Json amounts = member(member(container, "resources"), kind);
      NAMES.forEach(
          (name, resource) -> {
            if (member(amounts, name) instanceof Json.Text(String quantity)) {
              sum.merge(resource, amount(resource, quantity), Math::addExact);
            }
          });
    }
    return new Amounts(sum);
  }

  private static Json member(Json object, String name) {
    return object instanceof Json.Obj found
        ? found.members().getOrDefault(name, new Json.Null())
        : new Json.Null();
  }

  /// Reads what the compiler wrote: `8`, `8100m`, `26Gi`.
  private static long amount(Resource resource, String quantity) {
    if (resource == Resource.CPU) {
      return quantity.endsWith("m")
          ? Long.parseLong(quantity.substring(0, quantity.length() - 1))
          : Math.multiplyExact(Long.parseLong(quantity), 1000L);
    }
    int unit =
        quantity.length() > 2 ? UNITS.indexOf(quantity.substring(quantity.length() - 2)) : -1;
    return unit < 0
        ? Long.parseLong(quantity)
        : Math.multiplyExact(
            Long.parseLong(quantity.substring(0, quantity.length() - 2)), 1L << (10 * (unit + 1)));
  }
}
