package io.gops.capacity;

import io.gops.fleet.Role;
import io.gops.fleet.Version;
import java.util.SortedMap;
import java.util.TreeMap;

/// The disk that images take on a host of a pool: while a release runs the old and the new image of
/// each container and sidecar, once each, however many servers use them.
///
/// Every host is counted with the images of all groups of its pool, because any of them may come
/// to it when another host is lost.
final class ImageDisk {
  private final SortedMap<String, Long> sizes = new TreeMap<>();

  /// Takes in the images of a role in one version.
  void add(Role role, Version version) {
    version
        .images()
        .forEach(
            (container, image) -> {
              Long size = role.imageSizes().get(container);
              if (size != null) {
                sizes.merge(image.toString(), size, Math::max);
              }
            });
  }

  /// How many different images there are.
  int count() {
    return sizes.size();
  }

  /// What they take together.
  long total() {
    return sizes.values().stream().reduce(0L, Math::addExact);
  }
}
