package io.gops.plan.proof;

import io.gops.deployment.Group;
import io.gops.directory.ZoneEntry;
import io.gops.fleet.Directory;
import io.gops.fleet.Release;
import io.gops.fleet.Side;
import io.gops.json.Json;
import io.gops.plan.Action;
import io.gops.plan.Plan;
import io.gops.plan.Simulation;
import io.gops.plan.Step;
import io.gops.plan.Task;
import io.gops.state.State;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What clients read of a zone is what runs: side and version of the servers that take its logins.
/// An entry says what it replaces, changes whenever its zone does, and no zone is left closed but
/// those that have become part of another one.
final class DirectoryTellsTheTruth extends Rule {
  private final Set<String> closed = new HashSet<>();

  DirectoryTellsTheTruth(Facts facts, Consumer<String> flaws) {
    super(facts, flaws);
  }

  @Override
  void before(Step step, Task task, Simulation now) {
    entries(task.action()).forEach(entry -> replaces(step, entry, now));
    if (task.action() instanceof Action.Drain drain
        && (facts.standsStill() || facts.plan().template() == Plan.Template.CANARY_WAVES)
        && !closed.containsAll(toClose(drain.set().group()))) {
      flaw(step, "waits for players of " + drain.set().name() + " while others may log in");
    }
    if (task.action() instanceof Action.MoveHome move) {
      toClose(move.group())
          .forEach(
              key -> {
                if (!closed.contains(key)) {
                  flaw(step, "moves " + move.group() + " while the directory says it is open");
                }
              });
    }
  }

  private static List<Action.PutEntry> entries(Action action) {
    return action instanceof Action.SetLogins logins
        ? logins.entries()
        : action instanceof Action.PutEntry entry ? List.of(entry) : List.of();
  }

  /// The first entry that is written expects what was published before the plan.
  private void replaces(Step step, Action.PutEntry entry, Simulation now) {
    Optional<Group> entrance = facts.entrance(entry.key());
    Optional<State.GroupState> group =
        entrance
            .map(Group::id)
            .flatMap(id -> Optional.ofNullable(facts.plan().from().groups().get(id)));
    if (group.isEmpty()) {
      flaw(step, "writes an entry of no zone of the plan: " + entry.key());
      return;
    }
    Directory directory = facts.plan().directories().get(entry.directory());
    if (directory == null || !entry.key().startsWith(directory.prefix())) {
      flaw(step, "writes into another directory than the one of " + entry.key());
    }
    boolean first = !now.entries().containsKey(entry.key());
    // Zones that nobody has opened yet are published closed.
    boolean isNew = facts.plan().template() == Plan.Template.OPEN_ZONES;
    ZoneEntry.Status status = isNew ? ZoneEntry.Status.MAINTENANCE : ZoneEntry.Status.OPEN;
    if (first && !says(entry.from(), entrance.get(), group.get(), status)) {
      flaw(step, "expects an entry of " + entrance.get().id() + " that was never published");
    }
  }

  @Override
  void after(Step step, Task task, Simulation now) {
    if (task.action() instanceof Action.SetLogins logins) {
      Set<String> written = new HashSet<>();
      logins.entries().forEach(entry -> written.add(entry.key()));
      if (!written.equals(Set.copyOf(listed(logins.group())))) {
        flaw(step, "moves logins of " + logins.group() + " and not its entries");
      }
    }
    for (Action.PutEntry entry : entries(task.action())) {
      Optional<Group> entrance = facts.entrance(entry.key());
      Optional<State.GroupState> group = entrance.map(Group::id).flatMap(now::group);
      Optional<ZoneEntry.Status> status = status(entry.to());
      if (group.isEmpty()
          || status.isEmpty()
          || !says(entry.to(), entrance.get(), group.get(), status.get())) {
        flaw(step, "writes what is not so: " + entry.key());
      }
      if (status.equals(Optional.of(ZoneEntry.Status.OPEN))) {
        closed.remove(entry.key());
      } else {
        closed.add(entry.key());
      }
    }
  }

  @Override
  void end(Simulation now) {
    closed.stream()
        .filter(key -> facts.zone(key).filter(this::ends).isEmpty())
        .forEach(key -> flaw("the zone of " + key + " stays closed"));
    for (String id : facts.plan().from().groups().keySet()) {
      facts.group(id).filter(group -> ends(group.zone().id())).ifPresent(this::isClosed);
    }
    Simulation from = new Simulation(facts.plan().from());
    for (String id : now.groups().keySet()) {
      if (!published(id, from).equals(published(id, now))) {
        listed(id).stream()
            .filter(key -> !now.entries().containsKey(key))
            .forEach(key -> flaw("the entry " + key + " is left as it was"));
      }
    }
  }

  /// Whether a zone becomes part of another one.
  private boolean ends(int zone) {
    return facts.release() instanceof Release.MergeZones merge && merge.zones().contains(zone);
  }

  private void isClosed(Group group) {
    toClose(group.id()).stream()
        .filter(key -> !closed.contains(key))
        .forEach(key -> flaw("the zone of " + key + " has ended and is open"));
  }

  /// Keys of the entries that have to say that a zone is closed before a group of it changes.
  private List<String> toClose(String id) {
    return facts.standsStill() ? facts.group(id).map(this::open).orElse(List.of()) : listed(id);
  }

  /// Keys of the entries of a group's zone, if the zone ran when the plan began.
  private List<String> open(Group group) {
    return facts
        .entrance(group.zone().id())
        .filter(entrance -> runs(facts.plan().from().groups().get(entrance.id())))
        .map(this::keys)
        .orElse(List.of());
  }

  private static boolean runs(State.@Nullable GroupState group) {
    return group != null
        && Optional.ofNullable(group.sides().get(group.live()))
            .filter(side -> side.replicas() > 0)
            .isPresent();
  }

  /// What an entry says of a group.
  private static String published(String id, Simulation at) {
    return at.group(id)
        .map(
            group ->
                group.live()
                    + " "
                    + Optional.ofNullable(group.sides().get(group.live()))
                        .map(State.SideState::version))
        .orElse("");
  }

  /// Keys of the entries of a group's zone, if clients enter the zone through this group.
  private List<String> listed(String id) {
    Optional<Group> group =
        facts
            .group(id)
            .filter(found -> facts.entrance(found.zone().id()).filter(found::equals).isPresent());
    return group.map(this::keys).orElse(List.of());
  }

  /// Keys of the entries of a group's zone.
  private List<String> keys(Group group) {
    return facts.deployment().directories().values().stream()
        .filter(directory -> group.zone().body().game().equals(directory.game()))
        .map(directory -> directory.prefix() + group.zone().id())
        .toList();
  }

  /// The group of the plan whose zone an entry lets somebody into; absent when it closes it.
  static Optional<String> opened(Facts facts, Action.PutEntry entry) {
    if (status(entry.to()).filter(s -> s != ZoneEntry.Status.MAINTENANCE).isEmpty()) {
      return Optional.empty();
    }
    return facts.entrance(entry.key()).map(Group::id);
  }

  static Optional<ZoneEntry.Status> status(String value) {
    String word = text(value, "status");
    return Arrays.stream(ZoneEntry.Status.values()).filter(s -> s.word().equals(word)).findFirst();
  }

  private static String text(String value, String member) {
    try {
      return Json.parse(value) instanceof Json.Obj object
              && object.members().get(member) instanceof Json.Text(String text)
          ? text
          : "";
    } catch (IOException broken) {
      return "";
    }
  }

  private boolean says(
      String value, Group entrance, State.GroupState group, ZoneEntry.Status status) {
    Side live = group.live();
    State.SideState side = group.sides().get(live);
    ZoneEntry entry =
        ZoneEntry.of(facts.deployment(), entrance, facts.steering())
            .live(
                live,
                side == null ? "" : side.version(),
                ZoneEntry.address(facts.deployment(), entrance, live, facts.steering()))
            .with(status);
    if (facts.release() instanceof Release.ReplaceHost
        || facts.release() instanceof Release.DrainHost) {
      // The address of a host follows the group; who gets which is the rule about rooms.
      return text(value, "side").equals(live.label())
          && text(value, "version").equals(entry.version())
          && status(value).equals(Optional.of(status));
    }
    return entry.json().print().equals(value);
  }
}
