package io.gops.deployment;

import io.gops.fleet.Amounts;
import io.gops.fleet.Game;
import io.gops.fleet.Image;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.fleet.Version;
import io.gops.fleet.Zone;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;

/// One set of equal servers: one side of one zone and role. Becomes one GameServerSet.
///
/// @param name `clx-10001-a`; `clx-10001-gate-a` with a role; without the side when not paired
/// @param group id of its [Group]
/// @param role as it is in `version`
/// @param version the version that runs, or that the stopped side would start with
/// @param images by container, sidecars included
/// @param live whether logins go to it
/// @param replicas pods that run now; 0 for a stopped side
/// @param wanted pods that run when the side runs
/// @param request of one pod while its side runs
/// @param limit of one pod
/// @param nics one for each wanted replica when the zone is in a VPC
public record Workload(
    String name,
    String group,
    Zone zone,
    Game game,
    Role role,
    Side side,
    boolean paired,
    String version,
    SortedMap<String, Image> images,
    boolean live,
    int replicas,
    int wanted,
    Amounts request,
    Amounts limit,
    List<Nic> nics) {
  public Workload {
    nics = List.copyOf(nics);
  }

  /// The same set with pods of another size.
  public Workload sized(Sizing.PodSize size) {
    return new Workload(
        name,
        group,
        zone,
        game,
        role,
        side,
        paired,
        version,
        images,
        live,
        replicas,
        wanted,
        size.request(),
        size.limit(),
        nics);
  }

  /// Name of the workload of one side of a group.
  public static String nameOf(Game game, String group, Side side, boolean paired) {
    return game.name() + "-" + group + (paired ? "-" + side.label() : "");
  }

  /// The same workload in another version of its game, which exists.
  public Workload inVersion(String other) {
    Version next = Objects.requireNonNull(game.versions().get(other), other);
    Role itsRole = next.roles().getOrDefault(role.name(), role);
    return new Workload(
        name,
        group,
        zone,
        game,
        itsRole,
        side,
        paired,
        other,
        next.images(),
        live,
        replicas,
        zone.body().servers(itsRole),
        request,
        limit,
        nics);
  }

  /// Names of the containers of a pod in their fixed order: written containers, then sidecars.
  /// JSON patches address containers by this index.
  public List<String> containerNames() {
    return Stream.concat(
            role.containers().stream().map(c -> c.name()),
            role.hotUpdates().stream().map(h -> h.name()))
        .toList();
  }
}
