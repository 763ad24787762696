package io.gops.lsp.feature;

import io.gops.capacity.CapacityProof;
import io.gops.capacity.Fill;
import io.gops.capacity.HostFill;
import io.gops.capacity.Moment;
import io.gops.capacity.RoundedAmount;
import io.gops.fleet.Fleet;
import io.gops.fleet.Resource;
import io.gops.fleet.Zone;
import io.gops.lsp.fleet.Proved;
import io.gops.lsp.fleet.Standing;
import io.gops.lsp.meaning.Symbol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the last proof says of a pool, a host, some zones: numbers with the sum they come from.
///
/// @param isFresh whether the proof is of the text that is shown
record CapacityFigures(Proved proved, boolean isFresh) {
  /// Sentences about what a name stands for; none when the proofs say nothing of it.
  List<String> about(Symbol symbol) {
    return switch (symbol.space()) {
      case "pool" -> each(one -> pool(one, String.join(".", symbol.path())));
      case "host" -> each(one -> host(one, symbol.name()));
      case "zones" -> each(one -> zones(one, symbol.name()));
      default -> List.of();
    };
  }

  private interface Sentences {
    List<String> of(Standing one);
  }

  private List<String> each(Sentences sentences) {
    List<String> all = new ArrayList<>();
    proved
        .standing()
        .forEach(
            (environment, one) -> {
              String prefix = proved.standing().size() > 1 ? "**" + environment + "** " : "";
              sentences.of(one).forEach(line -> all.add(prefix + line + late()));
            });
    return all;
  }

  /// A figure of an earlier text says so.
  private String late() {
    return isFresh ? "" : " (before the last change)";
  }

  private static List<String> pool(Standing one, String key) {
    CapacityProof.PoolFill fill = one.capacity().pools().get(key);
    if (fill == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    fullest(one, host -> host.pool().equals(key))
        .ifPresent(host -> lines.add("fullest host " + fullest(host)));
    lines.add(
        "pairs of one host that move at once: %d, at most %d would hold"
            .formatted(fill.perHost(), fill.largestSafeWave()));
    return lines;
  }

  private static List<String> host(Standing one, String name) {
    HostFill host = one.capacity().hosts().get(name);
    return host == null ? List.of() : List.of("carries " + fullest(host));
  }

  private static Optional<HostFill> fullest(Standing one, Predicate<HostFill> wanted) {
    return one.capacity().hosts().values().stream()
        .filter(wanted)
        .max(Comparator.comparing(HostFill::worstInstant).thenComparing(HostFill::host));
  }

  /// `hz-g007: 41 groups; memory 77.1 % at cut-over: steady 60Gi + moving 29Gi ≤ 110Gi`.
  private static String fullest(HostFill host) {
    Optional<HostFill.MeasureFill> worst =
        host.measures().stream()
            .filter(m -> m.measure().moment() != Moment.REQUESTS)
            .max(Comparator.comparing(HostFill.MeasureFill::fill));
    String beginning = "`%s`: %d groups".formatted(host.host(), host.occupants().size());
    return worst.map(m -> beginning + "; " + sum(m)).orElse(beginning);
  }

  private static String sum(HostFill.MeasureFill m) {
    Resource resource = m.measure().resource();
    return "%s **%s** at %s: steady %s + moving %s = %s ≤ %s"
        .formatted(
            resource.word(),
            m.fill(),
            m.measure().moment().word(),
            RoundedAmount.print(resource, m.steady()),
            RoundedAmount.print(resource, m.worst() - m.steady()),
            RoundedAmount.print(resource, m.worst()),
            RoundedAmount.print(resource, m.limit()));
  }

  private static List<String> zones(Standing one, String set) {
    List<Zone> zones = zonesOf(one.fleet(), set).toList();
    if (zones.isEmpty()) {
      return List.of();
    }
    long players = zones.stream().mapToLong(zone -> zone.body().players()).sum();
    List<String> lines = new ArrayList<>();
    lines.add("%d zones, %s players".formatted(zones.size(), grouped(players)));
    lines.addAll(pool(one, zones.getFirst().body().pool()));
    return lines;
  }

  private static Stream<Zone> zonesOf(Fleet fleet, String set) {
    return fleet.zones().values().stream().filter(zone -> zone.set().equals(set));
  }

  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// Fullest host and resource of a pool over all environments.
  Optional<Fill> worstInstant(String pool) {
    return proved.standing().values().stream()
        .flatMap(one -> Optional.ofNullable(one.capacity().pools().get(pool)).stream())
        .map(CapacityProof.PoolFill::worstInstant)
        .max(Comparator.naturalOrder());
  }

  /// Most pairs of one host that could move at once.
  Optional<Integer> largestSafeWave(String pool) {
    return proved.standing().values().stream()
        .flatMap(one -> Optional.ofNullable(one.capacity().pools().get(pool)).stream())
        .map(CapacityProof.PoolFill::largestSafeWave)
        .min(Comparator.naturalOrder());
  }

  /// The address under which players log in to a zone, in the first environment that has one.
  Optional<String> loginAddress(int zone) {
    return proved.standing().values().stream()
        .flatMap(one -> Optional.ofNullable(one.logins().get(zone)).stream())
        .findFirst();
  }
}
