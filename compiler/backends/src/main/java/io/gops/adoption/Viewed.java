package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// An object as it is compared: what is not part of its meaning is the same in every view. The pod
/// template stands at `pod` in sets of all kinds, with the claims of its volumes, and checks name
/// ports by number.
final class Viewed {
  private Viewed() {}

  static Json of(Manifest manifest) {
    return ServerSet.of(manifest).map(Viewed::set).orElseGet(() -> other(manifest));
  }

  private static Json other(Manifest manifest) {
    return without(manifest.content(), "kind", "metadata.name", "metadata.namespace");
  }

  private static Json set(ServerSet set) {
    Json.Members view = Json.object();
    Json content = set.manifest().content();
    Manifest.at(content, "metadata")
        .map(metadata -> without(metadata, "name", "namespace"))
        .filter(metadata -> !Manifest.members(metadata).isEmpty())
        .ifPresent(metadata -> view.with("metadata", metadata));
    Json.Members template = Json.object();
    Manifest.members(set.template()).forEach(template::with);
    Manifest.at(content, "spec", "volumeClaimTemplates")
        .ifPresent(claims -> template.with("volumeClaimTemplates", claims));
    view.with("pod", numbered(set, template.end()));
    view.with(
        "spec",
        without(
            Manifest.at(content, "spec").orElse(Json.object().end()),
            "gameServerTemplate",
            "volumeClaimTemplates",
            set.isOfAgones() ? "template.spec.template" : "template"));
    return view.end();
  }

  /// Checks of containers with numbers for the names of ports.
  private static Json numbered(ServerSet set, Json template) {
    List<Json> containers = new ArrayList<>();
    for (Json container : Manifest.items(template, "spec", "containers")) {
      SortedMap<String, String> names = set.ports(ServerSet.name(container));
      Json.Members members = Json.object();
      Manifest.members(container)
          .forEach(
              (name, value) ->
                  members.with(name, name.endsWith("Probe") ? check(value, names) : value));
      containers.add(members.end());
    }
    return containers.isEmpty()
        ? template
        : replaced(
            template,
            "spec",
            Manifest.at(template, "spec")
                .map(spec -> replaced(spec, "containers", new Json.Arr(containers)))
                .orElseThrow());
  }

  private static Json check(Json probe, SortedMap<String, String> names) {
    Json numbered = probe;
    for (String handler : List.of("httpGet", "tcpSocket")) {
      Optional<String> name = Manifest.text(probe, handler, "port");
      Optional<Json> number =
          names.entrySet().stream()
              .filter(port -> Optional.of(port.getValue()).equals(name))
              .<Json>map(port -> new Json.Num(port.getKey()))
              .findFirst();
      if (number.isPresent()) {
        Json with = replaced(Manifest.at(probe, handler).orElseThrow(), "port", number.get());
        numbered = replaced(numbered, handler, with);
      }
    }
    return numbered;
  }

  private static Json replaced(Json object, String name, Json value) {
    Json.Members members = Json.object();
    Manifest.members(object).forEach(members::with);
    return members.with(name, value).end();
  }

  /// An object without the members at some paths.
  private static Json without(Json object, String... paths) {
    Json left = object;
    for (String path : paths) {
      left = without(left, List.of(path.split("\\.", -1)));
    }
    return left;
  }

  private static Json without(Json object, List<String> path) {
    Json.Members members = Json.object();
    Manifest.members(object)
        .forEach(
            (name, value) -> {
              if (!name.equals(path.getFirst())) {
                members.with(name, value);
              } else if (path.size() > 1) {
                Json left = without(value, path.subList(1, path.size()));
                if (!Manifest.members(left).isEmpty()) {
                  members.with(name, left);
                }
              }
            });
    return members.end();
  }
}
