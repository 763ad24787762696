package io.gops.adoption;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The patches of a role: values that all of its sets have and no attribute carries.
final class PatchText {
  private PatchText() {}

  /// @param zones of the game by number
  /// @param lost by `namespace/name` of the set
  static String of(
      String role,
      SortedMap<Integer, AdoptedZone> zones,
      Map<String, List<Comparison.Difference>> lost) {
    SortedMap<String, Optional<PatchTree>> common = new TreeMap<>();
    boolean isFirst = true;
    for (Map.Entry<Integer, AdoptedZone> zone : zones.entrySet()) {
      SortedMap<String, ServerSet> sides =
          zone.getValue().roles().getOrDefault(role, new TreeMap<>());
      for (Map.Entry<String, ServerSet> side : sides.entrySet()) {
        ServerSet set = side.getValue();
        SortedMap<String, PatchTree.Branch> own =
            trees(
                set,
                lost.getOrDefault(set.key(), List.of()),
                Optional.of(zone.getKey()).filter(id -> zone.getValue().keeps(id)),
                side.getKey());
        if (isFirst) {
          own.forEach((object, tree) -> common.put(object, Optional.of(tree)));
        } else {
          common.replaceAll(
              (object, tree) ->
                  tree.flatMap(
                      known ->
                          Optional.ofNullable(own.get(object))
                              .flatMap(other -> PatchTree.common(known, other))));
        }
        isFirst = false;
      }
    }
    Wording text = new Wording();
    common.forEach(
        (object, tree) -> {
          if (tree.orElse(null) instanceof PatchTree.Branch branch) {
            PatchTree.write(branch, object, "  ", text);
          }
        });
    return text.written();
  }

  private static SortedMap<String, PatchTree.Branch> trees(
      ServerSet set, List<Comparison.Difference> lost, Optional<Integer> number, String side) {
    SortedMap<String, PatchTree.Branch> trees = new TreeMap<>();
    SidecarText sidecars = new SidecarText(set);
    for (Comparison.Difference difference : lost) {
      // A list whose elements nothing tells apart is patched as a whole.
      List<Comparison.Step> path = toList(difference.path());
      if (isOfSidecar(path, set, sidecars)) {
        continue;
      }
      boolean isPod = path.getFirst().equals(new Comparison.Step.Field("pod"));
      String object = isPod ? "Pod" : "GameServerSet";
      PatchTree.put(
          trees.computeIfAbsent(object, _ -> PatchTree.empty()),
          isPod ? path.subList(1, path.size()) : path,
          path.size() == difference.path().size()
              ? difference.before()
              : Comparison.at(Viewed.of(set.manifest()), path).orElse(difference.before()),
          number,
          side);
    }
    return trees;
  }

  private static List<Comparison.Step> toList(List<Comparison.Step> path) {
    for (int i = 0; i < path.size(); i++) {
      if (path.get(i) instanceof Comparison.Step.Index) {
        return path.subList(0, i);
      }
    }
    return path;
  }

  /// Sidecars that bring files are made by the compiler, with the folder that they share.
  private static boolean isOfSidecar(
      List<Comparison.Step> path, ServerSet set, SidecarText sidecars) {
    for (int i = 1; i < path.size(); i++) {
      if (path.get(i) instanceof Comparison.Step.Element(String _, String value)
          && path.get(i - 1) instanceof Comparison.Step.Field(String list)) {
        boolean isSidecar =
            switch (list) {
              case "containers" ->
                  set.containers().stream()
                      .anyMatch(c -> ServerSet.name(c).equals(value) && sidecars.isSidecar(c));
              case "volumes" -> sidecars.isShared(value);
              case "volumeMounts" ->
                  set.containers().stream()
                      .flatMap(c -> Manifest.items(c, "volumeMounts").stream())
                      .anyMatch(
                          mount ->
                              Manifest.text(mount, "mountPath").orElse("").equals(value)
                                  && sidecars.isShared(Manifest.text(mount, "name").orElse("")));
              default -> false;
            };
        if (isSidecar) {
          return true;
        }
      }
    }
    return false;
  }
}
