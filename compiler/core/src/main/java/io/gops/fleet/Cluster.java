package io.gops.fleet;

import io.gops.source.Origins;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;

/// The target that checks may rely on.
///
/// @param kubernetes version of the API server, `1.34`
/// @param kruise version of OpenKruise, `1.9`
/// @param kruiseGame version of OpenKruiseGame, `1.0.0`
/// @param gates feature gates that are switched on beyond the defaults
/// @param cni who gives pods their default network
/// @param enforce where network policy takes effect
/// @param hostPorts first and last port that the host-port plugin may use
/// @param networks ports of load balancers that network plugins may hand out, by plugin
/// @param fence command that switches a machine off and makes sure that it is, its name being the
///     last word; empty when a person does it
/// @param uplink what hosts send through, when its queues are theirs to share
/// @param rollouts how releases are carried out
/// @param settings any further scalar of the declaration, by attribute path, printed canonically
public record Cluster(
    String name,
    String kubernetes,
    String kruise,
    String kruiseGame,
    SortedSet<String> gates,
    Cni cni,
    Enforce enforce,
    PortRange hostPorts,
    SortedMap<String, BalancerPorts> networks,
    List<String> fence,
    Optional<Uplink> uplink,
    Rollouts rollouts,
    SortedMap<String, String> settings,
    Origins origins) {
  private static final int[] LAST_WITH_ONE_RANGE = {1, 0, 0};

  public Cluster {
    fence = List.copyOf(fence);
  }

  /// How many host ports each host has; absent while all hosts share one range, as up to
  /// OpenKruiseGame 1.0.0.
  public OptionalInt portsOfEachHost() {
    int[] numbers =
        Arrays.stream(kruiseGame.split("\\D+", -1))
            .filter(part -> !part.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    return Arrays.compare(numbers, LAST_WITH_ONE_RANGE) > 0
        ? OptionalInt.of(hostPorts.size())
        : OptionalInt.empty();
  }

  /// Whether the servers of a VPC have an interface in the overlay: as their only network, or
  /// beside the one that the cluster gives them.
  public boolean hasOverlay() {
    return cni == Cni.OVS || (cni != Cni.HOST && enforce != Enforce.KUBERNETES);
  }

  /// Most routes that the physical routers hold, where somebody has said it.
  public OptionalLong maxRoutes() {
    return number("router.max_routes");
  }

  /// Most neighbours that the physical routers hold, where somebody has said it.
  public OptionalLong maxNeighbours() {
    return number("router.max_neighbours");
  }

  private OptionalLong number(String setting) {
    String written = settings.get(setting);
    return written == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(written));
  }

  /// Whether Agones runs the servers, and not OpenKruiseGame.
  public boolean runsAgones() {
    return "agones".equals(settings.get("target"));
  }

  /// Default network of pods.
  public enum Cni {
    OVS,
    CALICO,
    FLANNEL,
    HOST,
    OTHER;

    /// As the source spells it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Which of the two policy forms is applied.
  public enum Enforce {
    OVS,
    KUBERNETES,
    BOTH
  }

  /// What the operator of OpenKruiseGame configured for a network plugin: `min_port`, `max_port`
  /// and `block_ports`.
  ///
  /// @param blocked ports that are not handed out
  public record BalancerPorts(PortRange range, SortedSet<Integer> blocked, Origins origins) {
    /// Ports of each load balancer. The plugins never hand out the last one.
    public long size() {
      long without = blocked.stream().filter(p -> p >= range.first() && p < range.last()).count();
      return range.last() - range.first() - without;
    }
  }

  /// First and last port, both included.
  public record PortRange(int first, int last) {
    public int size() {
      return last - first + 1;
    }
  }
}
