package io.gops.verify;

import io.gops.capacity.Attempt;
import io.gops.capacity.Demand;
import io.gops.capacity.FixedOrder;
import io.gops.capacity.Impossibility;
import io.gops.capacity.Impossibility.Reason;
import io.gops.capacity.Itinerary;
import io.gops.capacity.Machine;
import io.gops.capacity.Measure;
import io.gops.capacity.Moment;
import io.gops.capacity.Occupant;
import io.gops.capacity.Passage;
import io.gops.capacity.PoolAnswer;
import io.gops.capacity.PoolProblem;
import io.gops.deployment.Group;
import io.gops.fleet.Amounts;
import io.gops.fleet.Resource;
import io.gops.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes a certificate as JSON with one host, one demand and one group a line, so that a
/// difference between two certificates can be read. Amounts are base units.
public final class CertificateText {
  /// Names the format; another one is refused.
  static final String FORMAT = "gops-certificate-1";

  private final StringBuilder text = new StringBuilder();

  private CertificateText() {}

  /// The file's text.
  public static String print(Certificate certificate) {
    CertificateText printer = new CertificateText();
    printer.text.append("{\"format\":\"").append(FORMAT).append('"');
    if (certificate.patches() > 0) {
      printer.text.append(",\"patches\":").append(certificate.patches());
    }
    printer.text.append(",\"pools\":[");
    String separator = "\n";
    for (PoolAnswer pool : certificate.pools()) {
      printer.text.append(separator);
      printer.pool(pool);
      separator = ",\n";
    }
    return printer.text.append("]}\n").toString();
  }

  private void pool(PoolAnswer pool) {
    PoolProblem question = pool.question();
    text.append("{\"question\":").append(rules(question).print()).append(",\n");
    lines("machines", question.machines().stream().map(CertificateText::machine).toList());
    List<Occupant> occupants =
        question.occupants().stream()
            .sorted(Comparator.comparing(Occupant::group).thenComparingInt(Occupant::ordinal))
            .toList();
    Map<Demand, Integer> numbers = new HashMap<>();
    List<Json> demands = new ArrayList<>();
    for (Occupant occupant : occupants) {
      if (numbers.putIfAbsent(occupant.demand(), demands.size()) == null) {
        demands.add(demand(occupant.demand()));
      }
    }
    text.append(",\n");
    lines("demands", demands);
    text.append(",\n");
    lines("groups", occupants.stream().map(o -> group(pool, o, numbers)).toList());
    switch (pool) {
      case PoolAnswer.Holds _ -> {}
      case PoolAnswer.Impossible none ->
          text.append(",\n\"impossible\":").append(claim(none.claim()).print());
      case PoolAnswer.Undecided undecided ->
          text.append(",\n\"undecided\":").append(attempt(undecided.attempt()).print());
    }
    text.append('}');
  }

  private void lines(String name, List<Json> values) {
    text.append('"').append(name).append("\":[");
    String separator = "\n";
    for (Json value : values) {
      text.append(separator).append(value.print());
      separator = ",\n";
    }
    text.append(']');
  }

  private static Json rules(PoolProblem question) {
    Json.Members members =
        Json.object()
            .with("pool", question.pool())
            .with("sharing", word(question.sharing()))
            .with("spare", question.spare())
            .with("survive", question.survive())
            .with("perHost", question.perHost())
            .with("reloadsPerHost", question.reloadsPerHost());
    if (!question.orders().isEmpty()) {
      members.with(
          "orders", new Json.Arr(question.orders().stream().map(CertificateText::order).toList()));
    }
    return members.end();
  }

  private static Json order(FixedOrder order) {
    return Json.object()
        .with("release", order.release())
        .with("kind", order.kind().word())
        .with("waves", new Json.Arr(order.waves().stream().map(Json::of).toList()))
        .end();
  }

  private static Json machine(Machine machine) {
    return Json.object()
        .with("name", machine.name())
        .with("rack", machine.rack())
        .with("state", word(machine.state()))
        .with("allocatable", amounts(machine.allocatable()))
        .with("usable", amounts(machine.usable()))
        .end();
  }

  private static Json demand(Demand demand) {
    Json.Members members =
        Json.object()
            .with("cutOver", course(demand.cutOver()))
            .with("reload", course(demand.reload()))
            .with("requests", course(demand.requests()))
            .with("cold", amounts(demand.cold()))
            .with("coldRequests", amounts(demand.coldRequests()));
    if (!demand.passages().isEmpty()) {
      Json.Members passages = Json.object();
      demand.passages().forEach((release, passage) -> passages.with(release, passage(passage)));
      members.with("passages", passages.end());
    }
    return members.end();
  }

  private static Json passage(Passage passage) {
    return Json.object()
        .with("use", phases(passage.use()))
        .with("requests", phases(passage.requests()))
        .end();
  }

  private static Json phases(Passage.Phases phases) {
    return Json.object()
        .with("before", amounts(phases.before()))
        .with("started", amounts(phases.started()))
        .with("during", amounts(phases.during()))
        .with("after", amounts(phases.after()))
        .end();
  }

  private static Json course(Demand.Course course) {
    return Json.object()
        .with("steady", amounts(course.steady()))
        .with("started", amounts(course.started()))
        .with("worst", amounts(course.worst()))
        .end();
  }

  private static Json amounts(Amounts amounts) {
    Json.Members members = Json.object();
    for (Resource resource : Resource.values()) {
      if (amounts.has(resource)) {
        members.with(resource.word(), amounts.get(resource));
      }
    }
    return members.end();
  }

  private static Json group(PoolAnswer pool, Occupant occupant, Map<Demand, Integer> numbers) {
    Json.Members members =
        Json.object()
            .with("group", occupant.group())
            .with("ordinal", occupant.ordinal())
            .with("demand", numbers.getOrDefault(occupant.demand(), 0));
    itinerary(occupant.itinerary(), members);
    if (pool instanceof PoolAnswer.Holds holds) {
      Group.Placement placement =
          holds.placements().getOrDefault(occupant.group(), List.of()).get(occupant.ordinal());
      members.with("primary", placement.primary());
      placement.failover().ifPresent(host -> members.with("failover", host));
    }
    return members.end();
  }

  /// Nothing for a group that moves at any time.
  private static void itinerary(Itinerary itinerary, Json.Members members) {
    if (!itinerary.waves().isEmpty()) {
      Json.Members waves = Json.object();
      itinerary.waves().forEach(waves::with);
      members.with("waves", waves.end());
    }
    if (!itinerary.anyTime().equals(Itinerary.FREE.anyTime())) {
      members.with(
          "anyTime",
          new Json.Arr(
              Arrays.stream(Moment.values())
                  .filter(itinerary.anyTime()::contains)
                  .map(moment -> Json.of(moment.word()))
                  .toList()));
    }
  }

  private static Json claim(Impossibility claim) {
    Json.Members members =
        Json.object()
            .with("settled", settled(claim.settled()))
            .with("closed", new Json.Arr(claim.closed().stream().map(Json::of).toList()))
            .with("reason", reason(claim.why()));
    claim.lost().ifPresent(host -> members.with("lost", host));
    return members.end();
  }

  private static Json settled(List<Impossibility.Settled> settled) {
    List<Json> groups = new ArrayList<>();
    for (Impossibility.Settled group : settled) {
      groups.add(replica(group.group(), group.ordinal()).with("host", group.host()).end());
    }
    return new Json.Arr(groups);
  }

  private static Json attempt(Attempt attempt) {
    List<Json> orphans = new ArrayList<>();
    attempt.orphans().forEach(o -> orphans.add(replica(o.group(), o.ordinal()).end()));
    Json.Members members =
        Json.object()
            .with("placed", settled(attempt.placed()))
            .with("orphans", new Json.Arr(orphans));
    attempt.lost().ifPresent(host -> members.with("lost", host));
    return members.end();
  }

  private static Json.Members replica(String group, int ordinal) {
    return Json.object().with("group", group).with("ordinal", ordinal);
  }

  private static Json reason(Reason reason) {
    return switch (reason) {
      case Reason.Overfull overfull ->
          Json.object().with("kind", "overfull").with("host", overfull.host()).end();
      case Reason.Shared shared ->
          Json.object().with("kind", "shared").with("host", shared.host()).end();
      case Reason.Gone gone -> Json.object().with("kind", "gone").with("host", gone.host()).end();
      case Reason.TooLarge large ->
          Json.object()
              .with("kind", "too-large")
              .with("group", large.group())
              .with("ordinal", large.ordinal())
              .end();
      case Reason.TooFewHosts few -> {
        Json.Members members = Json.object().with("kind", "too-few-hosts");
        few.group().ifPresent(group -> members.with("group", group));
        yield members.end();
      }
      case Reason.TooFewSpares _ -> Json.object().with("kind", "too-few-spares").end();
      case Reason.TooMuch much ->
          Json.object().with("kind", "too-much").with("measure", measure(much.measure())).end();
      case Reason.TooMany many -> tooMany(many);
    };
  }

  private static Json tooMany(Reason.TooMany many) {
    Json.Members members =
        Json.object()
            .with("kind", "too-many")
            .with("size", size(many.size()))
            .with(
                "weights",
                new Json.Arr(
                    many.weights().stream()
                        .map(
                            w ->
                                (Json)
                                    Json.object()
                                        .with("measure", measure(w.measure()))
                                        .with("factor", w.factor())
                                        .end())
                        .toList()));
    many.larger().ifPresent(larger -> members.with("larger", size(larger)));
    return members.end();
  }

  private static Json measure(Measure measure) {
    Json.Members members =
        Json.object()
            .with("resource", measure.resource().word())
            .with("moment", measure.moment().word());
    measure
        .stage()
        .ifPresent(stage -> members.with("release", stage.release()).with("wave", stage.wave()));
    return members.end();
  }

  private static Json size(Impossibility.Size size) {
    return Json.object().with("steady", size.steady()).with("extra", size.extra()).end();
  }

  /// A constant as the certificate spells it: `packed`, `active`.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
