package io.gops.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.FixedOrder;
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
import io.gops.layout.ScriptData;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A page with one bar for each resource of each host: what is reserved, what each group uses in
/// peace, what the moving groups add at the worst instant, and the mark that it may not pass.
///
/// It is one file without anything from elsewhere: the numbers as data, and a script that draws the
/// hosts which are in sight, so that a page of a thousand hosts is as quick as one of ten.
final class CapacityPage {
  private final CapacityProof proof;
  private final Fleet fleet;
  private final Map<String, Occupant> occupants = new HashMap<>();
  private final Map<String, String> racks = new HashMap<>();

  private CapacityPage(CapacityProof proof, Fleet fleet) {
    this.proof = proof;
    this.fleet = fleet;
    proof.questions().forEach(q -> q.machines().forEach(m -> racks.put(m.name(), m.rack())));
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

  /// One resource of a host. Widths and positions are hundredths of a percent of the machine.
  ///
  /// @param reserved what the system keeps, at the right end
  /// @param limit where the mark is
  private record Bar(
      String label,
      String text,
      String fill,
      List<Part> steady,
      List<Part> moving,
      long reserved,
      long limit) {}

  /// A part of a bar.
  private record Part(String group, long width, String text) {}

  /// How a resource is used while its largest groups move, from nobody moved to everybody, in
  /// hundredths of a percent of the machine.
  private record Curve(
      String label,
      String movers,
      long steady,
      long started,
      long worst,
      long limit,
      String text) {}

  /// The page of a proof.
  static String html(CapacityProof proof, Fleet fleet) {
    CapacityPage page = new CapacityPage(proof, fleet);
    List<HostFill> hosts =
        proof.hosts().values().stream()
            .sorted(
                Comparator.comparing(HostFill::worstInstant)
                    .reversed()
                    .thenComparing(HostFill::host))
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
            hosts.size(),
            "data",
            Layouts.scriptData(page.data(hosts))));
  }

  /// The hosts as the script of the page reads them.
  private String data(List<HostFill> hosts) {
    return ScriptData.print(
        json -> {
          json.writeStartArray();
          for (HostFill host : hosts) {
            write(host, json);
          }
          json.writeEndArray();
        });
  }

  private void write(HostFill host, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", host.host());
    json.writeStringField("pool", host.pool());
    json.writeStringField("rack", racks.getOrDefault(host.host(), ""));
    json.writeNumberField("permille", host.worstInstant().permille());
    json.writeStringField("fill", host.worstInstant().toString());
    json.writeNumberField("wave", host.largestSafeWave());
    json.writeArrayFieldStart("groups");
    for (String group : host.occupants()) {
      json.writeString(group);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("bars");
    for (HostFill.MeasureFill measure : host.measures()) {
      if (measure.worst() > 0) {
        write(bar(host, measure), json);
      }
    }
    json.writeEndArray();
    Optional<Curve> curve = curve(host);
    if (curve.isPresent()) {
      json.writeFieldName("curve");
      write(curve.get(), json);
    }
    json.writeEndObject();
  }

  private static void write(Bar bar, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("label", bar.label());
    json.writeStringField("text", bar.text());
    json.writeStringField("fill", bar.fill());
    json.writeNumberField("reserved", bar.reserved());
    json.writeNumberField("limit", bar.limit());
    write("steady", bar.steady(), json);
    write("moving", bar.moving(), json);
    json.writeEndObject();
  }

  private static void write(String name, List<Part> parts, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(name);
    for (Part part : parts) {
      json.writeStartArray();
      json.writeString(part.group());
      json.writeNumber(part.width());
      json.writeString(part.text());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void write(Curve curve, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("label", curve.label());
    json.writeStringField("movers", curve.movers());
    json.writeNumberField("steady", curve.steady());
    json.writeNumberField("started", curve.started());
    json.writeNumberField("worst", curve.worst());
    json.writeNumberField("limit", curve.limit());
    json.writeStringField("text", curve.text());
    json.writeEndObject();
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
        label(measure.measure()),
        RoundedAmount.print(resource, measure.steady())
            + " + "
            + RoundedAmount.print(resource, measure.worst() - measure.steady())
            + " of "
            + RoundedAmount.print(resource, measure.limit()),
        measure.fill().toString(),
        steady,
        moving,
        share(whole - measure.allocatable(), whole),
        share(Math.min(measure.limit(), whole), whole));
  }

  private static String label(Measure measure) {
    String wave = measure.stage().map(stage -> ", wave " + wave(stage)).orElse("");
    String moment =
        measure.moment() == Moment.CUT_OVER ? wave : ", " + measure.moment().word() + wave;
    return measure.resource().word() + (moment.isEmpty() ? "" : " (" + moment.substring(2) + ")");
  }

  private static String wave(FixedOrder.Stage stage) {
    return stage.name().isEmpty() ? "0 of " + stage.release() : stage.name();
  }

  /// What the machine has, with what the system keeps of it.
  private long whole(HostFill host, HostFill.MeasureFill measure) {
    Host machine = fleet.hosts().get(host.host());
    long capacity = machine == null ? 0 : machine.capacity().get(measure.measure().resource());
    return Math.max(1, Math.max(capacity, Math.max(measure.allocatable(), measure.worst())));
  }

  private static Part part(String name, long amount, long whole, Resource resource) {
    return new Part(name, share(amount, whole), RoundedAmount.print(resource, amount));
  }

  private long steady(HostFill host, String name, Measure measure) {
    Occupant occupant = occupant(name);
    return isRestarted(host, occupant)
        ? occupant.demand().coldAt(measure.moment()).get(measure.resource())
        : occupant.steady(measure);
  }

  private long extra(String name, Measure measure) {
    return occupant(name).extra(measure);
  }

  private Occupant occupant(String name) {
    return Objects.requireNonNull(occupants.get(name), name);
  }

  /// Whether the group runs here because its own host is lost.
  private boolean isRestarted(HostFill host, Occupant occupant) {
    List<Group.Placement> list = proof.placements().getOrDefault(occupant.group(), List.of());
    return !list.get(occupant.ordinal()).primary().equals(host.host());
  }

  /// The tightest resource of the host during a cut-over; absent when nothing moves on it.
  private Optional<Curve> curve(HostFill host) {
    return host.measures().stream()
        .filter(m -> m.measure().moment() == Moment.CUT_OVER && !m.moving().isEmpty())
        .max(Comparator.comparing(HostFill.MeasureFill::fill))
        .map(m -> curve(host, m));
  }

  private Curve curve(HostFill host, HostFill.MeasureFill measure) {
    Resource resource = measure.measure().resource();
    long started = measure.steady();
    for (String name : measure.moving()) {
      Occupant mover = occupant(name);
      started += mover.started(measure.measure()) - mover.steady(measure.measure());
    }
    long whole = whole(host, measure);
    return new Curve(
        resource.word(),
        String.join(" ", measure.moving()),
        share(measure.steady(), whole),
        share(started, whole),
        share(measure.worst(), whole),
        share(Math.min(measure.limit(), whole), whole),
        RoundedAmount.print(resource, started)
            + " to "
            + RoundedAmount.print(resource, measure.worst()));
  }

  /// A share in hundredths of a percent.
  private static long share(long amount, long whole) {
    return BigInteger.valueOf(Math.max(0, amount))
        .multiply(BigInteger.valueOf(10_000))
        .divide(BigInteger.valueOf(whole))
        .longValueExact();
  }
}
