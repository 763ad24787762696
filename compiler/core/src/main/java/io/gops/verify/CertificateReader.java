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
import io.gops.fleet.Host;
import io.gops.fleet.Pool;
import io.gops.fleet.Resource;
import io.gops.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Reads a certificate; what it does not know, or knows twice, it refuses.
public final class CertificateReader {
  private CertificateReader() {}

  /// The certificate that the text says.
  ///
  /// @throws IOException when it is not a certificate, with the reason as its message
  public static Certificate read(String text) throws IOException {
    Fields file = fields(Json.parse(text));
    if (!file.text("format").equals(CertificateText.FORMAT)) {
      throw new IOException("not a certificate of the format " + CertificateText.FORMAT);
    }
    List<PoolAnswer> pools = new ArrayList<>();
    for (Json pool : file.items("pools")) {
      pools.add(pool(fields(pool)));
    }
    return new Certificate(file.has("patches") ? file.count("patches") : 0, pools);
  }

  private static PoolAnswer pool(Fields pool) throws IOException {
    Fields rules = fields(pool.value("question"));
    List<Machine> machines = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Json machine : pool.items("machines")) {
      machines.add(machine(fields(machine)));
      if (!names.add(machines.getLast().name())) {
        throw new IOException("host " + machines.getLast().name() + " is named twice");
      }
    }
    List<FixedOrder> orders = orders(rules);
    List<Demand> demands = new ArrayList<>();
    for (Json demand : pool.items("demands")) {
      demands.add(demand(fields(demand)));
    }
    List<Occupant> occupants = new ArrayList<>();
    SortedMap<String, List<Group.Placement>> placements = new TreeMap<>();
    boolean holds = !pool.has("impossible") && !pool.has("undecided");
    for (Json value : pool.items("groups")) {
      Fields group = fields(value);
      occupants.add(occupant(group, demands, orders));
      if (holds) {
        place(group, occupants.getLast(), placements);
      }
    }
    PoolProblem question =
        new PoolProblem(
            rules.text("pool"),
            constant(Pool.Sharing.values(), CertificateText::word, rules.text("sharing")),
            rules.count("spare"),
            rules.count("survive"),
            rules.count("perHost"),
            rules.count("reloadsPerHost"),
            machines,
            occupants,
            orders);
    if (holds) {
      return new PoolAnswer.Holds(question, placements);
    }
    return pool.has("impossible")
        ? new PoolAnswer.Impossible(claim(question, fields(pool.value("impossible"))))
        : new PoolAnswer.Undecided(attempt(question, fields(pool.value("undecided"))));
  }

  private static List<FixedOrder> orders(Fields rules) throws IOException {
    List<FixedOrder> orders = new ArrayList<>();
    Set<String> releases = new HashSet<>();
    for (Json value : rules.has("orders") ? rules.items("orders") : List.<Json>of()) {
      Fields order = fields(value);
      List<String> waves = new ArrayList<>();
      for (Json wave : order.items("waves")) {
        waves.add(string(wave));
      }
      String release = order.text("release");
      if (!releases.add(release)) {
        throw new IOException("release " + release + " has two orders");
      }
      orders.add(
          new FixedOrder(
              release, constant(Moment.values(), Moment::word, order.text("kind")), waves));
    }
    return orders;
  }

  private static Itinerary itinerary(Fields group, List<FixedOrder> orders) throws IOException {
    SortedMap<String, Integer> waves = new TreeMap<>();
    if (group.has("waves")) {
      Fields written = fields(group.value("waves"));
      for (String release : written.members().keySet()) {
        int wave = written.count(release);
        if (orders.stream()
            .noneMatch(o -> o.release().equals(release) && wave < o.waves().size())) {
          throw new IOException("there is no wave " + wave + " of release " + release);
        }
        waves.put(release, wave);
      }
    }
    Set<Moment> anyTime = EnumSet.noneOf(Moment.class);
    if (!group.has("anyTime")) {
      return new Itinerary(waves, Itinerary.FREE.anyTime());
    }
    for (Json value : group.items("anyTime")) {
      anyTime.add(constant(Moment.values(), Moment::word, string(value)));
    }
    return new Itinerary(waves, anyTime);
  }

  private static Occupant occupant(Fields group, List<Demand> demands, List<FixedOrder> orders)
      throws IOException {
    int number = group.count("demand");
    if (number >= demands.size()) {
      throw new IOException("there is no demand " + number);
    }
    return new Occupant(
        group.text("group"),
        group.count("ordinal"),
        demands.get(number),
        Optional.empty(),
        false,
        itinerary(group, orders));
  }

  /// Replicas are in order of their ordinals, so a missing or doubled one is seen here.
  private static void place(
      Fields group, Occupant occupant, SortedMap<String, List<Group.Placement>> placements)
      throws IOException {
    List<Group.Placement> list =
        placements.computeIfAbsent(occupant.group(), _ -> new ArrayList<>());
    if (list.size() != occupant.ordinal()) {
      throw new IOException(
          "group " + occupant.group() + ": replica " + occupant.ordinal() + " is out of order");
    }
    list.add(new Group.Placement(group.text("primary"), group.optional("failover")));
  }

  private static Machine machine(Fields machine) throws IOException {
    return new Machine(
        machine.text("name"),
        machine.text("rack"),
        amounts(fields(machine.value("allocatable"))),
        amounts(fields(machine.value("usable"))),
        constant(Host.State.values(), CertificateText::word, machine.text("state")));
  }

  private static Demand demand(Fields demand) throws IOException {
    return new Demand(
        course(fields(demand.value("cutOver"))),
        course(fields(demand.value("reload"))),
        course(fields(demand.value("requests"))),
        amounts(fields(demand.value("cold"))),
        amounts(fields(demand.value("coldRequests"))),
        passages(demand));
  }

  private static SortedMap<String, Passage> passages(Fields demand) throws IOException {
    SortedMap<String, Passage> passages = new TreeMap<>();
    if (demand.has("passages")) {
      Fields written = fields(demand.value("passages"));
      for (String release : written.members().keySet()) {
        Fields passage = fields(written.value(release));
        passages.put(
            release,
            new Passage(
                phases(fields(passage.value("use"))), phases(fields(passage.value("requests")))));
      }
    }
    return passages;
  }

  private static Passage.Phases phases(Fields phases) throws IOException {
    return new Passage.Phases(
        amounts(fields(phases.value("before"))),
        amounts(fields(phases.value("started"))),
        amounts(fields(phases.value("during"))),
        amounts(fields(phases.value("after"))));
  }

  private static Demand.Course course(Fields course) throws IOException {
    return new Demand.Course(
        amounts(fields(course.value("steady"))),
        amounts(fields(course.value("started"))),
        amounts(fields(course.value("worst"))));
  }

  private static Amounts amounts(Fields amounts) throws IOException {
    Map<Resource, Long> values = new EnumMap<>(Resource.class);
    for (String name : amounts.members().keySet()) {
      values.put(constant(Resource.values(), Resource::word, name), amounts.number(name));
    }
    return new Amounts(values);
  }

  private static Impossibility claim(PoolProblem question, Fields claim) throws IOException {
    List<String> closed = new ArrayList<>();
    for (Json value : claim.items("closed")) {
      closed.add(string(value));
    }
    return new Impossibility(
        question,
        claim.optional("lost"),
        settled(claim.items("settled")),
        closed,
        reason(fields(claim.value("reason")), question.orders()));
  }

  private static List<Impossibility.Settled> settled(List<Json> values) throws IOException {
    List<Impossibility.Settled> settled = new ArrayList<>();
    for (Json value : values) {
      Fields group = fields(value);
      settled.add(
          new Impossibility.Settled(
              group.text("group"), group.count("ordinal"), group.text("host")));
    }
    return settled;
  }

  private static Attempt attempt(PoolProblem question, Fields attempt) throws IOException {
    List<Attempt.Replica> orphans = new ArrayList<>();
    for (Json value : attempt.items("orphans")) {
      Fields orphan = fields(value);
      orphans.add(new Attempt.Replica(orphan.text("group"), orphan.count("ordinal")));
    }
    return new Attempt(
        question, settled(attempt.items("placed")), attempt.optional("lost"), orphans);
  }

  private static Reason reason(Fields reason, List<FixedOrder> orders) throws IOException {
    return switch (reason.text("kind")) {
      case "overfull" -> new Reason.Overfull(reason.text("host"));
      case "shared" -> new Reason.Shared(reason.text("host"));
      case "gone" -> new Reason.Gone(reason.text("host"));
      case "too-large" -> new Reason.TooLarge(reason.text("group"), reason.count("ordinal"));
      case "too-few-hosts" -> new Reason.TooFewHosts(reason.optional("group"));
      case "too-few-spares" -> new Reason.TooFewSpares();
      case "too-much" -> new Reason.TooMuch(measure(fields(reason.value("measure")), orders));
      case "too-many" -> tooMany(reason, orders);
      default -> throw new IOException("unknown reason " + reason.text("kind"));
    };
  }

  private static Reason tooMany(Fields reason, List<FixedOrder> orders) throws IOException {
    List<Impossibility.Weight> weights = new ArrayList<>();
    for (Json value : reason.items("weights")) {
      Fields weight = fields(value);
      weights.add(
          new Impossibility.Weight(
              measure(fields(weight.value("measure")), orders), weight.number("factor")));
    }
    return new Reason.TooMany(
        weights,
        size(fields(reason.value("size"))),
        reason.has("larger")
            ? Optional.of(size(fields(reason.value("larger"))))
            : Optional.empty());
  }

  private static Impossibility.Size size(Fields size) throws IOException {
    return new Impossibility.Size(size.number("steady"), size.number("extra"));
  }

  private static Measure measure(Fields measure, List<FixedOrder> orders) throws IOException {
    Resource resource = constant(Resource.values(), Resource::word, measure.text("resource"));
    Moment moment = constant(Moment.values(), Moment::word, measure.text("moment"));
    if (!measure.has("release")) {
      return new Measure(resource, moment);
    }
    String release = measure.text("release");
    int wave = measure.count("wave");
    for (FixedOrder order : orders) {
      if (order.release().equals(release) && wave < order.waves().size()) {
        return new Measure(resource, moment, Optional.of(order.stage(wave)));
      }
    }
    throw new IOException("there is no wave " + wave + " of release " + release);
  }

  private static <T> T constant(T[] all, Function<T, String> word, String wanted)
      throws IOException {
    for (T one : all) {
      if (word.apply(one).equals(wanted)) {
        return one;
      }
    }
    throw new IOException("unknown word " + wanted);
  }

  private static Fields fields(Json value) throws IOException {
    if (value instanceof Json.Obj object) {
      return new Fields(object.members());
    }
    throw new IOException("an object is missing");
  }

  private static String string(Json value) throws IOException {
    if (value instanceof Json.Text(String text)) {
      return text;
    }
    throw new IOException("a string is missing");
  }

  /// The members of an object, each asked for by its name.
  private record Fields(SortedMap<String, Json> members) {
    boolean has(String name) {
      return members.containsKey(name);
    }

    Json value(String name) throws IOException {
      Json value = members.get(name);
      if (value == null) {
        throw new IOException("member " + name + " is missing");
      }
      return value;
    }

    List<Json> items(String name) throws IOException {
      if (value(name) instanceof Json.Arr(List<Json> items)) {
        return items;
      }
      throw new IOException("member " + name + " is not a list");
    }

    String text(String name) throws IOException {
      return string(value(name));
    }

    Optional<String> optional(String name) throws IOException {
      return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /// An amount: a whole number that is not negative.
    long number(String name) throws IOException {
      if (value(name) instanceof Json.Num(String digits) && digits.matches("[0-9]{1,19}")) {
        try {
          return Long.parseLong(digits);
        } catch (NumberFormatException _) {
          throw new IOException("member " + name + " is too large");
        }
      }
      throw new IOException("member " + name + " is not a whole number");
    }

    int count(String name) throws IOException {
      long number = number(name);
      if (number > Integer.MAX_VALUE) {
        throw new IOException("member " + name + " is too large");
      }
      return (int) number;
    }
  }
}
