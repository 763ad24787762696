package io.gops.capacity;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Related;
import io.gops.fleet.Fleet;
import io.gops.fleet.Host;
import io.gops.fleet.Pool;
import io.gops.fleet.Release;
import io.gops.fleet.Resource;
import io.gops.fleet.Zone;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Says in an operator's words why a pool does not hold.
final class CapacityReport {
  private static final int NAMES = 6;

  private final Fleet fleet;
  private final FleetDemand demand;
  private final Diagnostics diagnostics;

  CapacityReport(Fleet fleet, FleetDemand demand, Diagnostics diagnostics) {
    this.fleet = fleet;
    this.demand = demand;
    this.diagnostics = diagnostics;
  }

  /// Reports a verdict; of one that holds only hosts that have failed without a release.
  void explain(Verdict verdict) {
    switch (verdict) {
      case Verdict.Holds holds -> unreplaced(holds);
      case Verdict.Overfull overfull -> overfull(overfull);
      case Verdict.Impossible impossible ->
          diagnostics.report(withRemedies(impossible(impossible), impossible));
      case Verdict.Undecided undecided ->
          diagnostics.report(withRemedies(undecided(undecided), undecided));
      case Verdict.NotSurvived lost -> diagnostics.report(withRemedies(notSurvived(lost), lost));
      case Verdict.NotSpared few -> notSpared(few);
      case Verdict.Shared shared -> shared(shared);
      case Verdict.Stranded stranded -> stranded(stranded);
    }
  }

  /// What makes the pool hold, instead of the little that the bound alone knows.
  private Diagnostic.Builder withRemedies(Diagnostic.Builder report, Verdict verdict) {
    PoolModel model = verdict.model();
    boolean oneGroup =
        verdict instanceof Verdict.Impossible none && none.why() instanceof Bound.Item;
    if (!oneGroup && model.items <= PoolRemedies.EXPLAINED) {
      List<Remedy> remedies = remedies(verdict, demand);
      if (!remedies.isEmpty()) {
        return report.hint("fixes", join(remedies));
      }
    }
    return report;
  }

  /// What makes a pool hold that does not, the cheapest kind first.
  static List<Remedy> remedies(Verdict verdict, FleetDemand demand) {
    PoolModel model = verdict.model();
    return switch (verdict) {
      case Verdict.Holds _, Verdict.NotSpared _, Verdict.Shared _, Verdict.Stranded _ -> List.of();
      case Verdict.Overfull overfull -> {
        int host = overfull.hosts().getFirst();
        Overload load = Overload.of(model, new Scales(model), overfull.packing(), host);
        yield remedies(new OverloadFixes(demand, overfull, load), model.problem, demand);
      }
      case Verdict.Impossible _, Verdict.Undecided _, Verdict.NotSurvived _ ->
          PoolRemedies.find(model.problem, PoolRemedies.Demands.of(demand, model.problem));
    };
  }

  /// What helps the worst host; when others break too and that is not enough, what helps them all.
  private static List<Remedy> remedies(
      OverloadFixes host, PoolProblem problem, FleetDemand demand) {
    List<Remedy> fixes = host.find();
    return fixes.isEmpty() && problem.occupants().size() <= PoolRemedies.EXPLAINED
        ? PoolRemedies.find(problem, PoolRemedies.Demands.of(demand, problem))
        : fixes;
  }

  private static String join(List<Remedy> remedies) {
    return remedies.stream().map(Remedy::change).collect(Collectors.joining(" | "));
  }

  private void unreplaced(Verdict.Holds holds) {
    PoolModel model = holds.model();
    Map<Integer, List<Integer>> byHost = new TreeMap<>();
    for (int item = 0; item < model.items; item++) {
      if (holds.homes().lost[item] != Packing.NOWHERE) {
        byHost.computeIfAbsent(holds.homes().lost[item], _ -> new ArrayList<>()).add(item);
      }
    }
    byHost.forEach(
        (index, items) -> {
          String name = model.machines.get(index).name();
          if (!replaced(name)) {
            diagnostics.report(
                Diagnostic.of(Code.GOPS3019, name, items.size(), names(model, items))
                    .at(hostPlace(name, "state"))
                    .hint("hint", name));
          }
        });
  }

  private boolean replaced(String host) {
    return fleet.releases().values().stream()
        .anyMatch(r -> r instanceof Release.ReplaceHost replace && replace.host().equals(host));
  }

  private void overfull(Verdict.Overfull verdict) {
    PoolModel model = verdict.model();
    Overload load =
        Overload.of(model, new Scales(model), verdict.packing(), verdict.hosts().getFirst());
    Resource resource = load.measure().resource();
    String what = load.measure().words();
    String host = load.machine().name();
    String shortage = RoundedAmount.print(resource, load.shortage());
    String moving = names(model, load.movers());
    Diagnostic.Builder report =
        switch (load.kind()) {
          case STEADY -> Diagnostic.of(Code.GOPS3008, host, what, shortage);
          case CUT_OVER ->
              Diagnostic.of(Code.GOPS3006, host, what, shortage, breaksFrom(model, load), moving);
          case REQUESTS -> {
            Diagnostic.Builder requests =
                Diagnostic.of(Code.GOPS3011, host, what, shortage, moving);
            yield load.movers().isEmpty()
                ? requests.saying("warm", host, what, shortage)
                : requests;
          }
          case RELOAD -> Diagnostic.of(Code.GOPS3015, host, what, shortage, moving);
        };
    OverloadFixes found = new OverloadFixes(demand, verdict, load);
    List<Remedy> fixes = remedies(found, model.problem, demand);
    String culprit = model.occupants.get(load.culprit()).group();
    report
        .at(demand.zone(model.occupants.get(load.culprit()).group()).body().origins().of("players"))
        .hint(
            fixes.isEmpty() ? "none" : "hint",
            load.members().size(),
            RoundedAmount.print(resource, load.steady()),
            RoundedAmount.print(resource, load.moving()),
            RoundedAmount.print(resource, load.limit()),
            join(fixes));
    if (isAlone(culprit) && found.mostPlayers() > 0) {
      lower(report, model, culprit, found.mostPlayers());
    }
    fewerReloads(report, load, found.reloadsPerHost());
    relatedWave(report, load);
    relatedZones(report, verdict, load);
    if (verdict.hosts().size() > 1) {
      report.related(poolPlace(model), "others", verdict.hosts().size() - 1);
    }
    diagnostics.report(
        verdict.elsewhere().map(why -> with(report.build(), why)).orElseGet(report::build));
  }

  /// Whether no other zone has the number of players that is written for this one.
  private boolean isAlone(String group) {
    Zone zone = demand.zone(group);
    Optional<Place> place = zone.body().origins().written("players");
    return fleet.zones().values().stream()
        .filter(other -> other.id() != zone.id())
        .noneMatch(other -> other.body().origins().written("players").equals(place));
  }

  /// Offers a smaller `per_host` to the only release that reloads more than the host holds.
  private void fewerReloads(Diagnostic.Builder report, Overload load, long most) {
    if (load.kind() != Overload.Kind.RELOAD || most == 0) {
      return;
    }
    List<Place> written =
        fleet.releases().values().stream()
            .filter(r -> r instanceof Release.HotReload hot && hot.waves().perHost() > most)
            .flatMap(r -> r.origins().written("waves.per_host").stream())
            .toList();
    if (written.size() == 1) {
      report.fix(written.getFirst(), "per_host = " + most, "per_host", most).decision();
    }
  }

  /// Share of the players that can move before the host breaks, whole percent.
  private long breaksFrom(PoolModel model, Overload load) {
    Resource resource = load.measure().resource();
    List<String> movers =
        load.movers().stream().map(item -> model.occupants.get(item).group()).toList();
    if (movers.stream().noneMatch(group -> demand.bends(group, resource))) {
      return load.breaksFrom();
    }
    long beside = load.steady();
    for (int item : load.movers()) {
      beside -= model.occupants.get(item).steady(load.measure());
    }
    Optional<String> to = load.measure().stage().flatMap(this::target);
    for (int percent = 0; percent <= 100; percent++) {
      long use = beside;
      for (String group : movers) {
        use += demand.useAt(group, resource, percent, to);
      }
      if (use > load.limit()) {
        return Math.max(0, percent - 1);
      }
    }
    return 100;
  }

  /// The version that a wave brings to its zones; that is not all that those may go to which an
  /// interrupted release has begun.
  private Optional<String> target(FixedOrder.Stage stage) {
    return fleet.releases().get(stage.release()) instanceof Release.AbSwitch ab
            && stage.wave() != FixedOrder.BEGUN
        ? Optional.of(ab.to())
        : Optional.empty();
  }

  /// Where the wave is written in which a host breaks.
  private void relatedWave(Diagnostic.Builder report, Overload load) {
    load.measure()
        .stage()
        .flatMap(stage -> Movements.written(fleet, stage))
        .ifPresent(
            wave ->
                report.related(wave.origins().place(), "wave", wave.name(), wave.zones().size()));
  }

  /// Why no other placement helps, at the pool.
  private Diagnostic with(Diagnostic report, Verdict elsewhere) {
    Diagnostic why =
        switch (elsewhere) {
          case Verdict.Impossible impossible -> impossible(impossible).build();
          case Verdict.Undecided undecided -> undecided(undecided).build();
          case Verdict.NotSurvived lost -> notSurvived(lost).build();
          case Verdict.Holds _,
              Verdict.Overfull _,
              Verdict.NotSpared _,
              Verdict.Shared _,
              Verdict.Stranded _ ->
              report;
        };
    List<Related> related = new ArrayList<>(report.related());
    why.place().ifPresent(place -> related.add(new Related(place, why.message())));
    return new Diagnostic(
        report.code(),
        report.severity(),
        report.place(),
        report.message(),
        related,
        report.hint(),
        report.fixes());
  }

  /// One related place for each range whose zones are on the host.
  private void relatedZones(Diagnostic.Builder report, Verdict.Overfull verdict, Overload load) {
    Map<Place, Integer> places = new LinkedHashMap<>();
    for (int item : load.members()) {
      String group = verdict.model().occupants.get(item).group();
      demand
          .zone(group)
          .body()
          .origins()
          .place("players")
          .ifPresent(place -> places.merge(place, 1, Integer::sum));
    }
    String culprit = verdict.model().occupants.get(load.culprit()).group();
    demand
        .zone(culprit)
        .body()
        .origins()
        .place("players")
        .ifPresent(place -> places.merge(place, -1, Integer::sum));
    places.forEach(
        (place, count) -> {
          if (count > 0) {
            report.related(place, "related", load.machine().name(), count);
          }
        });
  }

  private Diagnostic.Builder impossible(Verdict.Impossible verdict) {
    PoolModel model = verdict.model();
    String pool = model.problem.pool();
    return switch (verdict.why()) {
      case Bound.Item bound -> tooLarge(model, bound);
      case Bound.Apart bound ->
          Diagnostic.of(
                  Code.GOPS3005,
                  pool,
                  bound.hosts(),
                  bound.wanted() + (bound.what().isEmpty() ? " groups" : " of " + bound.what()))
              .at(poolPlace(model))
              .hint("hint", bound.wanted() - bound.hosts());
      case Bound.Sum bound -> {
        Measure measure = model.measures.get(bound.row());
        Resource resource = measure.resource();
        yield Diagnostic.of(
                Code.GOPS3003,
                pool,
                measure.words(),
                RoundedAmount.print(resource, bound.demand() - bound.supply()),
                bound.items(),
                RoundedAmount.print(resource, bound.demand()),
                bound.hosts(),
                RoundedAmount.print(resource, bound.supply()))
            .at(poolPlace(model))
            .hint("hint", Math.ceilDiv(bound.demand() - bound.supply(), bound.most()));
      }
      case Bound.Count bound ->
          Diagnostic.of(
                  Code.GOPS3004,
                  pool,
                  words(model, bound),
                  bound.items(),
                  size(model, bound, bound.size()),
                  bound.hosts(),
                  bound.places(),
                  bound
                      .larger()
                      .map(l -> ": " + l.items() + " need at least " + size(model, bound, l.size()))
                      .orElse(""))
              .at(poolPlace(model))
              .hint(
                  "hint", Math.ceilDiv(bound.items() - bound.places(), Math.max(1, bound.most())));
    };
  }

  private Diagnostic.Builder tooLarge(PoolModel model, Bound.Item bound) {
    String group = model.occupants.get(bound.item()).group();
    Bound.Gap gap = bound.gap();
    if (gap.host() == Packing.NOWHERE) {
      return Diagnostic.of(
              Code.GOPS3005, model.problem.pool(), 0, model.name(bound.item()) + " and others")
          .at(poolPlace(model))
          .hint("hint", 1);
    }
    Measure measure = model.measures.get(gap.row());
    Machine machine = model.machines.get(gap.host());
    long most =
        OverloadFixes.largest(
            demand.zone(group).body().players(),
            players ->
                HostTrial.holds(
                    model.problem,
                    machine,
                    List.of(
                        model
                            .occupants
                            .get(bound.item())
                            .with(demand.withPlayers(group, players)))));
    Diagnostic.Builder report =
        Diagnostic.of(
                Code.GOPS3002,
                model.name(bound.item()),
                model.problem.pool(),
                machine.name(),
                RoundedAmount.print(measure.resource(), gap.shortage()),
                measure.words(),
                measure.moment().word())
            .at(demand.zone(group).body().origins().of("players"));
    if (most == 0) {
      return report.hint("larger");
    }
    if (most == demand.zone(group).body().players()) {
      return report.hint("others");
    }
    lower(report, model, group, most);
    return report.hint("hint", most);
  }

  /// Offers the number of players with which the pool holds, where the zones say theirs.
  private void lower(Diagnostic.Builder report, PoolModel model, String group, long players) {
    Optional<Place> place = demand.zone(group).body().origins().written("players");
    if (place.isEmpty() || model.items > OverloadFixes.RECHECKED) {
      return;
    }
    List<Occupant> occupants = new ArrayList<>();
    for (Occupant old : model.occupants) {
      boolean changes = demand.zone(old.group()).body().origins().written("players").equals(place);
      occupants.add(changes ? old.with(demand.withPlayers(old.group(), players)) : old);
    }
    if (PlacementSearch.solve(model.problem.withOccupants(occupants)) instanceof Verdict.Holds) {
      report.fix(place, "players = " + players, "fix", players).decision();
    }
  }

  private Diagnostic.Builder undecided(Verdict.Undecided verdict) {
    PoolModel model = verdict.model();
    Diagnostic.Builder report =
        Diagnostic.of(
                Code.GOPS3021,
                model.problem.pool(),
                verdict.unplaced().size(),
                model.items,
                names(model, verdict.unplaced()))
            .at(poolPlace(model));
    return closest(model, report, verdict.gap());
  }

  private Diagnostic.Builder notSurvived(Verdict.NotSurvived verdict) {
    PoolModel model = verdict.model();
    if (model.problem.survivesSeveral()) {
      return notSpared(verdict);
    }
    if (model.problem.survive() == Pool.WHOLE_RACK) {
      return rackNotSurvived(verdict);
    }
    Diagnostic.Builder report =
        Diagnostic.of(
                Code.GOPS3007,
                model.machines.get(verdict.host()).name(),
                verdict.orphans().size(),
                verdict.packing().count(verdict.host()),
                names(model, verdict.orphans()))
            .at(pool(model).flatMap(pool -> pool.origins().place("survive")));
    return closest(model, report, verdict.gap());
  }

  private Diagnostic.Builder rackNotSurvived(Verdict.NotSurvived verdict) {
    PoolModel model = verdict.model();
    String rack = model.machines.get(verdict.host()).rack();
    int groups = 0;
    for (int host = 0; host < model.hosts; host++) {
      groups += model.machines.get(host).rack().equals(rack) ? verdict.packing().count(host) : 0;
    }
    return closest(
        model,
        Diagnostic.of(
                Code.GOPS3030,
                rack,
                verdict.orphans().size(),
                groups,
                names(model, verdict.orphans()))
            .at(pool(model).flatMap(pool -> pool.origins().place("survive"))),
        verdict.gap());
  }

  /// Groups stand where the pool keeps hosts empty.
  private void notSpared(Verdict.NotSpared verdict) {
    PoolModel model = verdict.model();
    int spares = model.problem.spares();
    Optional<Place> written = pool(model).flatMap(pool -> pool.origins().written("spare"));
    Diagnostic.Builder report =
        Diagnostic.of(Code.GOPS3032, model.problem.pool(), spares, verdict.able())
            .at(written.or(() -> poolPlace(model)));
    if (verdict.standing().isEmpty()) {
      report.hint("larger", spares - verdict.able(), verdict.able());
    } else {
      report.hint(
          "hint",
          names(model, verdict.standing()),
          hosts(verdict.packing(), verdict.standing()),
          spares - verdict.able(),
          verdict.able());
    }
    if (spares == model.problem.spare()) {
      written.ifPresent(
          place ->
              report.fix(place, "spare = " + verdict.able(), "fix", verdict.able()).decision());
    }
    diagnostics.report(report);
  }

  /// The hosts of some groups, in their order.
  private static String hosts(Packing packing, List<Integer> items) {
    return items.stream()
        .map(item -> packing.model().machines.get(packing.hostOf(item)).name())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private Diagnostic.Builder notSpared(Verdict.NotSurvived verdict) {
    PoolModel model = verdict.model();
    return Diagnostic.of(
            Code.GOPS3031,
            model.problem.pool(),
            model.problem.survive(),
            model.machines.get(verdict.host()).name(),
            names(model, verdict.orphans()))
        .at(pool(model).flatMap(pool -> pool.origins().place("survive")))
        .hint("hint", model.problem.survive());
  }

  private static Diagnostic.Builder closest(
      PoolModel model, Diagnostic.Builder report, Bound.Gap gap) {
    if (gap.host() == Packing.NOWHERE) {
      return report.hint("none");
    }
    Measure measure = model.measures.get(gap.row());
    return report.hint(
        "hint",
        model.machines.get(gap.host()).name(),
        RoundedAmount.print(measure.resource(), gap.shortage()),
        measure.words());
  }

  private void stranded(Verdict.Stranded verdict) {
    PoolModel model = verdict.model();
    diagnostics.report(
        Diagnostic.of(
                Code.GOPS3018,
                verdict.items().size(),
                model.problem.pool(),
                names(model, verdict.items()))
            .at(poolPlace(model))
            .hint("hint"));
  }

  /// Groups run together where each is to have a host of its own.
  private void shared(Verdict.Shared verdict) {
    PoolModel model = verdict.model();
    int host = verdict.hosts().getFirst();
    List<Integer> items = IntStream.of(verdict.packing().members(host)).boxed().toList();
    Optional<Place> written = pool(model).flatMap(pool -> pool.origins().written("sharing"));
    Diagnostic.Builder report =
        Diagnostic.of(
                Code.GOPS3033,
                model.problem.pool(),
                model.machines.get(host).name(),
                items.size(),
                names(model, items))
            .at(written.or(() -> poolPlace(model)));
    String failed =
        items.stream()
            .map(item -> verdict.homes().lost[item])
            .filter(lost -> lost != Packing.NOWHERE)
            .map(lost -> model.machines.get(lost).name())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    if (failed.isEmpty()) {
      report.hint("hint").fix(written, "sharing = packed", "fix").decision();
    } else {
      report.hint("failed", failed);
    }
    if (verdict.hosts().size() > 1) {
      report.related(poolPlace(model), "others", verdict.hosts().size() - 1);
    }
    diagnostics.report(report);
  }

  private static String words(PoolModel model, Bound.Count bound) {
    return bound.weights().stream()
        .map(weight -> model.measures.get(weight.row()).words())
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  /// A size in its unit, or as a share of the largest host when several rows were added up.
  private static String size(PoolModel model, Bound.Count bound, Bound.Size size) {
    if (bound.weights().size() == 1) {
      Resource resource = model.measures.get(bound.weights().getFirst().row()).resource();
      String steady = RoundedAmount.print(resource, size.steady());
      return size.extra() == 0
          ? steady
          : steady + " + " + RoundedAmount.print(resource, size.extra()) + " moving";
    }
    Scales scales = new Scales(model);
    long whole =
        bound.weights().stream().mapToLong(w -> w.factor() * scales.largest(w.row())).sum();
    return new Fill(size.steady() + size.extra(), whole) + " of a host";
  }

  static String names(PoolModel model, List<Integer> items) {
    String first = items.stream().limit(NAMES).map(model::name).collect(Collectors.joining(", "));
    return items.size() > NAMES ? first + ", … (" + items.size() + ")" : first;
  }

  private Optional<Pool> pool(PoolModel model) {
    return Optional.ofNullable(fleet.pools().get(model.problem.pool()));
  }

  private Optional<Place> poolPlace(PoolModel model) {
    return pool(model).flatMap(pool -> pool.origins().place());
  }

  private Optional<Place> hostPlace(String name, String attribute) {
    Host host = fleet.hosts().get(name);
    return host == null ? Optional.empty() : host.origins().place(attribute);
  }
}
