package io.gops.policy;

import io.gops.compilation.Compiled;
import io.gops.deployment.Group;
import io.gops.deployment.Workload;
import io.gops.fleet.Fleet;
import io.gops.json.Json;
import io.gops.model.Model;
import io.gops.source.Origins;
import io.gops.source.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What rules are judged on: the models of one environment as `gopsc model` prints them, as maps
/// and lists, and where each thing is declared.
final class Subjects {
  /// Maps whose entries a rule can be about, one by one.
  static final List<String> NAMES =
      List.of(
          "pools",
          "hosts",
          "gateways",
          "vpcs",
          "services",
          "games",
          "zoneSets",
          "zones",
          "policies",
          "directories",
          "releases",
          "groups",
          "workloads");

  private final Fleet fleet;
  private final Compiled compiled;
  private final Map<String, Object> variables;

  Subjects(Compiled compiled) {
    this.fleet = compiled.fleet();
    this.compiled = compiled;
    this.variables =
        Map.of(
            "fleet", plain(Model.fleet(fleet)),
            "deployment", plain(Model.deployment(compiled.deployment())));
  }

  /// `fleet` and `deployment`.
  Map<String, Object> variables() {
    return variables;
  }

  /// The entries of one of [#NAMES].
  SortedMap<String, Object> each(String name) {
    SortedMap<String, Object> entries = new TreeMap<>();
    Stream.of("fleet", "deployment")
        .map(model -> (Map<?, ?>) Objects.requireNonNull(variables.get(model)))
        .map(model -> model.get(name))
        .filter(Map.class::isInstance)
        .forEach(
            map ->
                ((Map<?, ?>) map)
                    .forEach((key, value) -> entries.put((String) key, (Object) value)));
    return entries;
  }

  /// Where an entry is declared.
  Optional<Place> place(String name, String key) {
    return origins(name, key).flatMap(Origins::place);
  }

  private Optional<Origins> origins(String name, String key) {
    return switch (name) {
      case "pools" -> Optional.ofNullable(fleet.pools().get(key)).map(value -> value.origins());
      case "hosts" -> Optional.ofNullable(fleet.hosts().get(key)).map(value -> value.origins());
      case "gateways" ->
          Optional.ofNullable(fleet.gateways().get(key)).map(value -> value.origins());
      case "vpcs" -> Optional.ofNullable(fleet.vpcs().get(key)).map(value -> value.origins());
      case "services" ->
          Optional.ofNullable(fleet.services().get(key)).map(value -> value.origins());
      case "games" -> Optional.ofNullable(fleet.games().get(key)).map(value -> value.origins());
      case "zoneSets" ->
          Optional.ofNullable(fleet.zoneSets().get(key)).map(value -> value.origins());
      case "zones" ->
          Optional.ofNullable(fleet.zones().get(Integer.parseInt(key)))
              .map(value -> value.body().origins());
      case "policies" ->
          Optional.ofNullable(fleet.policies().get(key)).map(value -> value.origins());
      case "directories" ->
          Optional.ofNullable(fleet.directories().get(key)).map(value -> value.origins());
      case "releases" ->
          Optional.ofNullable(fleet.releases().get(key)).map(value -> value.origins());
      case "groups" ->
          Optional.ofNullable(compiled.deployment().groups().get(key))
              .map(Group::zone)
              .map(zone -> zone.body().origins());
      case "workloads" ->
          Optional.ofNullable(compiled.deployment().workloads().get(key))
              .map(Workload::zone)
              .map(zone -> zone.body().origins());
      default -> Optional.empty();
    };
  }

  private static Object plain(Json value) {
    return switch (value) {
      case Json.Obj object -> {
        Map<String, Object> map = new LinkedHashMap<>();
        object.members().forEach((name, member) -> map.put(name, plain(member)));
        yield map;
      }
      case Json.Arr array -> array.items().stream().map(Subjects::plain).toList();
      case Json.Text(String text) -> text;
      case Json.Num(String digits) -> Long.parseLong(digits);
      case Json.Bool(boolean truth) -> truth;
      case Json.Null _ -> "";
    };
  }
}
