package io.gops.capacity;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Amounts;
import io.gops.fleet.Fleet;
import io.gops.fleet.Host;
import io.gops.fleet.Percent;
import io.gops.fleet.Pool;
import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What the hosts of a pool offer: without the pool's margin and the disk that images take.
final class OfferedHosts {
  /// The kubelet's default `maxPods`.
  private static final long DEFAULT_PODS = 110;

  private final Fleet fleet;
  private final CountedParts parts;
  private final Map<String, ImageDisk> images = new HashMap<>();

  OfferedHosts(Fleet fleet, CountedParts parts) {
    this.fleet = fleet;
    this.parts = parts;
  }

  /// The images that each host of a pool holds.
  ImageDisk imagesOf(String pool) {
    return images.computeIfAbsent(pool, _ -> new ImageDisk());
  }

  /// The images alone are too much for a disk, whatever runs there.
  void reportImages(Diagnostics diagnostics) {
    for (Pool pool : fleet.pools().values()) {
      ImageDisk disk = imagesOf(pool.key());
      pool.hosts().stream()
          .map(name -> fleet.hosts().get(name))
          .filter(host -> host != null && host.state() == Host.State.ACTIVE)
          .filter(host -> usable(allocatable(host), pool).has(Resource.DISK))
          .filter(host -> usable(allocatable(host), pool).get(Resource.DISK) < disk.total())
          .findFirst()
          .ifPresent(
              host -> {
                long offered = usable(allocatable(host), pool).get(Resource.DISK);
                diagnostics.report(
                    Diagnostic.of(
                            Code.GOPS3014,
                            host.name(),
                            RoundedAmount.print(Resource.DISK, disk.total() - offered),
                            disk.count(),
                            RoundedAmount.print(Resource.DISK, disk.total()),
                            RoundedAmount.print(Resource.DISK, offered))
                        .at(host.origins().of("disk"))
                        .hint("hint"));
              });
    }
  }

  List<Machine> machines(Pool pool) {
    List<Machine> machines = new ArrayList<>();
    for (String name : new TreeSet<>(pool.hosts())) {
      Host host = fleet.hosts().get(name);
      if (host != null && host.state() != Host.State.DECOMMISSIONED) {
        Amounts allocatable = allocatable(host);
        machines.add(
            new Machine(
                name,
                host.rack(),
                allocatable,
                withoutImages(usable(allocatable, pool), imagesOf(pool.key())),
                host.state()));
      }
    }
    return machines;
  }

  private static Amounts withoutImages(Amounts usable, ImageDisk images) {
    return usable.has(Resource.DISK)
        ? usable.with(Resource.DISK, Math.max(0, usable.get(Resource.DISK) - images.total()))
        : usable;
  }

  private Amounts allocatable(Host host) {
    Amounts known = parts.offered(host.allocatable());
    return known.has(Resource.PODS)
        ? known
        : known.with(Resource.PODS, Math.max(0, DEFAULT_PODS - host.reserve().get(Resource.PODS)));
  }

  private static Amounts usable(Amounts allocatable, Pool pool) {
    Amounts usable = allocatable;
    for (Map.Entry<Resource, Percent> margin : pool.margin().entrySet()) {
      if (allocatable.has(margin.getKey())) {
        long all = allocatable.get(margin.getKey());
        usable = usable.with(margin.getKey(), all - margin.getValue().ofCeil(all));
      }
    }
    return usable;
  }
}
