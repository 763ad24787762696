package io.gops.plan;

import io.gops.fleet.Directory;
import io.gops.fleet.Rollouts;
import io.gops.fleet.StopRule;
import io.gops.fleet.Window;
import io.gops.source.Place;
import io.gops.state.State;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// A release as it will be carried out.
///
/// @param template which kind of release
/// @param goal for a person: `clx-main to 1.8.4`
/// @param window when steps may begin that do more than wait
/// @param from the groups of the release as they are
/// @param to the same groups when every step is done
/// @param switches hosts and gateways whose virtual switch takes part
/// @param directories those that are written
/// @param pairs the pairs that the plan concerns
/// @param steps in the order in which they run
/// @param notes what the operator should know beforehand
/// @param alerts for which the runner stops
/// @param rollouts how it is carried out
/// @param reopenings gates that an abort opens again
public record Plan(
    String fleet,
    String environment,
    String cluster,
    String release,
    Template template,
    String goal,
    Optional<Window> window,
    Optional<Place> cause,
    State from,
    State to,
    SortedSet<String> switches,
    SortedMap<String, Directory> directories,
    List<Wave> waves,
    List<PairedSets> pairs,
    List<Step> steps,
    Players players,
    Estimate duration,
    List<String> notes,
    List<StoppingAlert> alerts,
    Rollouts rollouts,
    List<Reopening> reopenings) {
  public Plan {
    waves = List.copyOf(waves);
    pairs = List.copyOf(pairs);
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
    alerts = List.copyOf(alerts);
    reopenings = List.copyOf(reopenings);
  }

  /// A plan that no alert stops, carried out as usual, and that shuts no gate.
  public Plan(
      String fleet,
      String environment,
      String cluster,
      String release,
      Template template,
      String goal,
      Optional<Window> window,
      Optional<Place> cause,
      State from,
      State to,
      SortedSet<String> switches,
      SortedMap<String, Directory> directories,
      List<Wave> waves,
      List<PairedSets> pairs,
      List<Step> steps,
      Players players,
      Estimate duration,
      List<String> notes) {
    this(
        fleet,
        environment,
        cluster,
        release,
        template,
        goal,
        window,
        cause,
        from,
        to,
        switches,
        directories,
        waves,
        pairs,
        steps,
        players,
        duration,
        notes,
        List.of(),
        Rollouts.USUAL,
        List.of());
  }

  /// The same plan with other steps.
  public Plan withSteps(List<Step> others) {
    return with(others, alerts, rollouts, reopenings);
  }

  /// The same plan, stopped by alerts and carried out in another way.
  public Plan under(List<StoppingAlert> otherAlerts, Rollouts otherRollouts) {
    return with(steps, otherAlerts, otherRollouts, reopenings);
  }

  /// The same plan, of which an abort opens these gates.
  public Plan withReopenings(List<Reopening> others) {
    return with(steps, alerts, rollouts, others);
  }

  private Plan with(
      List<Step> itsSteps,
      List<StoppingAlert> itsAlerts,
      Rollouts itsRollouts,
      List<Reopening> itsReopenings) {
    return new Plan(
        fleet,
        environment,
        cluster,
        release,
        template,
        goal,
        window,
        cause,
        from,
        to,
        switches,
        directories,
        waves,
        pairs,
        itsSteps,
        players,
        duration,
        notes,
        itsAlerts,
        itsRollouts,
        itsReopenings);
  }

  /// An alert of a game for which the runner stops while it fires.
  public record StoppingAlert(String game, String name, StopRule.Reaction reaction) {}

  /// Both sides of a group: what has to be known when a host is lost.
  ///
  /// @param warm whether both sides run all the time
  public record PairedSets(
      String group, int zone, Action.SetRef a, Action.SetRef b, boolean warm) {}

  /// The release templates of the language.
  public enum Template {
    AB_SWITCH("ab_switch"),
    HOT_RELOAD("hot_reload"),
    REPLACE_HOST("replace_host"),
    CANARY_WAVES("canary_waves"),
    OPEN_ZONES("open_zones"),
    DRAIN_HOST("drain_host"),
    HOST_UPGRADE("host_upgrade"),
    MERGE_ZONES("merge_zones"),
    SCALE("scale");

    private final String word;

    Template(String word) {
      this.word = word;
    }

    /// As the language spells it.
    public String word() {
      return word;
    }
  }
}
