package io.gops.report;

import io.gops.capacity.CapacityProof;
import io.gops.capacity.Demand;
import io.gops.capacity.Fill;
import io.gops.capacity.HostFill;
import io.gops.capacity.Measure;
import io.gops.capacity.Moment;
import io.gops.capacity.Occupant;
import io.gops.capacity.RoundedAmount;
import io.gops.deployment.Group;
import io.gops.fleet.Fleet;
import io.gops.fleet.Host;
import io.gops.fleet.Resource;
import io.gops.layout.Layouts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A page with one bar for each resource of each host: what is reserved, what each group uses in
/// peace, what the moving groups add at the worst instant, and the mark that it may not pass.
///
/// It is one file without anything from elsewhere; a script in it filters hosts and nothing more.
final class CapacityPage {
  /// Width and height of a cut-over curve, in its own units.
  private static final int CURVE_WIDTH = 160;

  private static final int CURVE_HEIGHT = 60;

  private final CapacityProof proof;
  private final Fleet fleet;
  private final Map<String, Occupant> occupants = new HashMap<>();

  private CapacityPage(CapacityProof proof, Fleet fleet) {
    this.proof = proof;
    this.fleet = fleet;
    proof
        .questions()
        .forEach(
            question ->
                question
                    .occupants()
                    .forEach(
                        o -> {
                          int replicas =
                              proof.placements().getOrDefault(o.group(), List.of()).size();
                          occupants.put(Occupant.recordName(o.group(), o.ordinal(), replicas), o);
                        }));
  }

  /// One host.
  ///
  /// @param permille fill at the worst instant
  /// @param curve absent when nothing moves on it
  public record HostView(
      String name,
      String pool,
      String rack,
      long permille,
      String fill,
      String groups,
      int count,
      int wave,
      List<Bar> bars,
      List<Curve> curve) {}

  /// One resource of a host; positions and widths are hundredths of a percent of the machine.
  ///
  /// @param reserved what the system keeps, at the right end
  /// @param limit where the mark is
  public record Bar(
      String label,
      String moment,
      String text,
      String fill,
      List<Part> steady,
      List<Part> moving,
      String reserved,
      String limit) {}

  /// A part of a bar.
  ///
  /// @param width in percent
  public record Part(String name, String width, String text) {}

  /// How a resource is used while its largest groups move, from nobody moved to everybody.
  public record Curve(
      String label, String movers, String points, String limit, String from, String to) {}

  /// The page of a proof.
  static String html(CapacityProof proof, Fleet fleet) {
    CapacityPage page = new CapacityPage(proof, fleet);
    List<HostView> hosts =
        proof.hosts().values().stream()
            .sorted(
                Comparator.comparing(HostFill::worstInstant)
                    .reversed()
                    .thenComparing(HostFill::host))
            .map(page::host)
            .toList();
    return Layouts.html(
        "capacity.html.ftl",
        Map.of(
            "fleet",
            fleet.name(),
            "environment",
            fleet.environment(),
            "worst",
            proof.worstInstant().toString(),
            "pools",
            List.copyOf(proof.pools().values()),
            "groups",
            page.occupants.size(),
            "hosts",
            hosts));
  }

  private HostView host(HostFill host) {
    Fill worst = host.worstInstant();
    List<Bar> bars = new ArrayList<>();
    for (HostFill.MeasureFill measure : host.measures()) {
      if (measure.worst() > 0) {
        bars.add(bar(host, measure));
      }
    }
    Host machine = fleet.hosts().get(host.host());
    return new HostView(
        host.host(),
        host.pool(),
        machine == null ? "" : machine.rack(),
        worst.permille(),
        worst.toString(),
        String.join(" ", host.occupants()),
        host.occupants().size(),
        host.largestSafeWave(),
        bars,
        curve(host));
  }

  private Bar bar(HostFill host, HostFill.MeasureFill measure) {
    Resource resource = measure.measure().resource();
    long whole = whole(host, measure);
    Set<String> movers = new HashSet<>(measure.moving());
    List<Part> steady = new ArrayList<>();
    List<Part> moving = new ArrayList<>();
    for (String name : host.occupants()) {
      long quiet = steady(host, name, measure.measure());
      if (quiet > 0) {
        steady.add(part(name, quiet, whole, resource));
      }
      if (movers.contains(name)) {
        moving.add(part(name, extra(name, measure.measure()), whole, resource));
      }
    }
    return new Bar(
        resource.word(),
        measure.measure().moment().word(),
        RoundedAmount.print(resource, measure.steady())
            + " + "
            + RoundedAmount.print(resource, measure.worst() - measure.steady())
            + " of "
            + RoundedAmount.print(resource, measure.limit()),
        measure.fill().toString(),
        steady,
        moving,
        percent(whole - measure.allocatable(), whole),
        percent(Math.min(measure.limit(), whole), whole));
  }

  /// What the machine has, with what the system keeps of it.
  private long whole(HostFill host, HostFill.MeasureFill measure) {
    Host machine = fleet.hosts().get(host.host());
    long capacity = machine == null ? 0 : machine.capacity().get(measure.measure().resource());
    return Math.max(1, Math.max(capacity, Math.max(measure.allocatable(), measure.worst())));
  }

  private static Part part(String name, long amount, long whole, Resource resource) {
    return new Part(name, percent(amount, whole), RoundedAmount.print(resource, amount));
  }

  private long steady(HostFill host, String name, Measure measure) {
    Occupant occupant = occupant(name);
    Demand demand = occupant.demand();
    return isRestarted(host, occupant)
        ? demand.coldAt(measure.moment()).get(measure.resource())
        : demand.at(measure.moment()).steady().get(measure.resource());
  }

  private long extra(String name, Measure measure) {
    Demand.Course course = occupant(name).demand().at(measure.moment());
    return course.worst().get(measure.resource()) - course.steady().get(measure.resource());
  }

  private Occupant occupant(String name) {
    return Objects.requireNonNull(occupants.get(name), name);
  }

  /// Whether the group runs here because its own host is lost.
  private boolean isRestarted(HostFill host, Occupant occupant) {
    List<Group.Placement> list = proof.placements().getOrDefault(occupant.group(), List.of());
    return !list.get(occupant.ordinal()).primary().equals(host.host());
  }

  /// The tightest resource of the host during a cut-over.
  private List<Curve> curve(HostFill host) {
    return host.measures().stream()
        .filter(m -> m.measure().moment() == Moment.CUT_OVER && !m.moving().isEmpty())
        .max(Comparator.comparing(HostFill.MeasureFill::fill))
        .map(m -> curve(host, m))
        .stream()
        .toList();
  }

  private Curve curve(HostFill host, HostFill.MeasureFill measure) {
    Resource resource = measure.measure().resource();
    long started = measure.steady();
    for (String name : measure.moving()) {
      Demand.Course course = occupant(name).demand().at(measure.measure().moment());
      started += course.started().get(resource) - course.steady().get(resource);
    }
    long whole = whole(host, measure);
    String points =
        "0,"
            + height(measure.steady(), whole)
            + " 12,"
            + height(measure.steady(), whole)
            + " 12,"
            + height(started, whole)
            + " "
            + CURVE_WIDTH
            + ","
            + height(measure.worst(), whole);
    return new Curve(
        resource.word(),
        String.join(" ", measure.moving()),
        points,
        Long.toString(height(Math.min(measure.limit(), whole), whole)),
        RoundedAmount.print(resource, started),
        RoundedAmount.print(resource, measure.worst()));
  }

  private static long height(long amount, long whole) {
    return CURVE_HEIGHT - share(amount, whole, CURVE_HEIGHT);
  }

  /// A share in percent with two decimals.
  private static String percent(long amount, long whole) {
    long hundredths = share(Math.max(0, amount), whole, 10_000);
    long fraction = hundredths % 100;
    return hundredths / 100 + "." + (fraction < 10 ? "0" : "") + fraction;
  }

  private static long share(long amount, long whole, long of) {
    return BigInteger.valueOf(amount)
        .multiply(BigInteger.valueOf(of))
        .divide(BigInteger.valueOf(whole))
        .longValueExact();
  }
}
