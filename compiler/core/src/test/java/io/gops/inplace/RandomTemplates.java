package io.gops.inplace;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Pairs of pod templates of which the second is the first with one to three changes.
final class RandomTemplates {
  private static final List<String> KEYS = List.of("tier", "example.com/tier", "game", "zone");

  private final Random random;
  private final List<Server> containers = new ArrayList<>();
  private final SortedMap<String, String> labels = new TreeMap<>();
  private final SortedMap<String, String> annotations = new TreeMap<>();
  private final SortedMap<String, String> nodes = new TreeMap<>();
  private String initImage = "init:0";
  private int grace = 30;
  private int made;

  private RandomTemplates(Random random) {
    this.random = random;
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      addContainer();
    }
    for (String key : KEYS) {
      maybe(labels, key);
      maybe(annotations, key);
    }
    maybe(nodes, "pool");
  }

  /// A template before and after.
  record Pair(Json from, Json to) {}

  /// A container, and how it learns its settings.
  ///
  /// @param reads path of a label or annotation; empty for none
  private record Server(String name, String image, String value, String reads, boolean policy) {
    Json json() {
      List<Json> env = new ArrayList<>();
      env.add(Json.object().with("name", "SETTING").with("value", value).end());
      if (!reads.isEmpty()) {
        Json source =
            Json.object().with("fieldRef", Json.object().with("fieldPath", reads).end()).end();
        env.add(Json.object().with("name", "READ").with("valueFrom", source).end());
      }
      Json.Members members =
          Json.object().with("name", name).with("image", image).with("env", new Json.Arr(env));
      return policy ? members.with("imagePullPolicy", "IfNotPresent").end() : members.end();
    }
  }

  static List<Pair> pairs(long seed, int count) {
    Random random = new Random(seed);
    List<Pair> pairs = new ArrayList<>();
    while (pairs.size() < count) {
      RandomTemplates template = new RandomTemplates(random);
      Json from = template.json();
      int changes = 1 + random.nextInt(3);
      boolean gentle = random.nextInt(3) > 0;
      for (int i = 0; i < changes; i++) {
        template.change(gentle);
      }
      pairs.add(new Pair(from, template.json()));
    }
    return pairs;
  }

  /// @param gentle only what OpenKruise can do in place
  private void change(boolean gentle) {
    int at = random.nextInt(containers.size());
    Server old = containers.get(at);
    switch (random.nextInt(gentle ? 6 : 13)) {
      case 0, 1 -> containers.set(at, with(old, old.name() + ":" + random.nextInt(4), old.value()));
      case 2, 3 -> maybe(labels, key());
      case 4, 5 -> maybe(annotations, key());
      case 6 -> containers.set(at, with(old, old.image(), "v" + random.nextInt(4)));
      case 7 -> Collections.swap(containers, 0, at);
      case 8 -> addContainer();
      case 9 -> {
        if (containers.size() > 1) {
          containers.remove(at);
        }
      }
      case 10 -> maybe(nodes, "pool");
      case 11 -> initImage = "init:" + random.nextInt(3);
      default -> grace = 30 * (1 + random.nextInt(2));
    }
  }

  private static Server with(Server old, String image, String value) {
    return new Server(old.name(), image, value, old.reads(), old.policy());
  }

  private void addContainer() {
    String name = "c" + made++;
    String reads =
        switch (random.nextInt(4)) {
          case 0 -> "metadata.labels['" + key() + "']";
          case 1 -> "metadata.annotations['" + key() + "']";
          default -> "";
        };
    containers.add(new Server(name, name + ":0", "v0", reads, random.nextBoolean()));
  }

  private String key() {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  /// Sets a key to one of three values or removes it.
  private void maybe(SortedMap<String, String> map, String key) {
    int value = random.nextInt(4);
    if (value == 0) {
      map.remove(key);
    } else {
      map.put(key, "v" + value);
    }
  }

  private Json json() {
    Json.Members metadata = Json.object();
    put(metadata, "labels", labels);
    put(metadata, "annotations", annotations);
    Json.Members spec =
        Json.object()
            .with("containers", new Json.Arr(containers.stream().map(Server::json).toList()))
            .with("terminationGracePeriodSeconds", Json.of(grace));
    Json init = Json.object().with("name", "init").with("image", initImage).end();
    spec.with("initContainers", new Json.Arr(List.of(init)));
    put(spec, "nodeSelector", nodes);
    return Json.object().with("metadata", metadata.end()).with("spec", spec.end()).end();
  }

  /// Kubernetes leaves out what is empty.
  private static void put(Json.Members members, String name, SortedMap<String, String> map) {
    if (!map.isEmpty()) {
      Json.Members inner = Json.object();
      map.forEach(inner::with);
      members.with(name, inner.end());
    }
  }
}
