package io.gops.plan.proof;

import static io.gops.plan.proof.ListEdits.inserted;
import static io.gops.plan.proof.ListEdits.replaced;
import static io.gops.plan.proof.ListEdits.without;

import io.gops.json.Json;
import io.gops.json.JsonPatch;
import io.gops.plan.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Actions that do something else than the one that is meant.
final class WrongActions {
  private WrongActions() {}

  /// The same action with one value that is wrong.
  static List<Action> values(Action action) {
    return switch (action) {
      case Action.PatchTemplate p -> patches(p);
      case Action.Scale s ->
          List.of(
              new Action.Scale(s.set(), s.from() + 1, s.to()),
              new Action.Scale(s.set(), s.from(), s.to() + 1),
              new Action.Scale(s.set(), s.from(), s.from()),
              new Action.Scale(s.set(), s.to(), s.from()));
      case Action.SetLogins l -> logins(l);
      case Action.PutEntry e -> List.copyOf(entries(e));
      case Action.MoveHome m -> moves(m);
      case Action.Drain d -> drains(d);
      case Action.Kick k -> kicks(k);
      case Action.Reload r ->
          List.of(
              new Action.Reload(r.set(), r.container() + "0", r.command()),
              new Action.Reload(r.set(), r.container(), List.of("true")));
      case Action.Dismiss d ->
          List.of(
              new Action.Dismiss(d.set(), d.staying(), d.count() + 1, d.leaving()),
              new Action.Dismiss(d.set(), without(d.staying(), 0), d.count(), d.leaving()),
              new Action.Dismiss(d.set(), d.staying().reversed(), d.count(), d.leaving()),
              new Action.Dismiss(d.set(), d.staying(), d.count(), !d.leaving()));
      case Action.Cordon(String node, boolean shut) -> List.of(new Action.Cordon(node, !shut));
      case Action.Fence _, Action.ProgramSwitch _ -> List.of();
      case Action.Announce(String text) -> List.of(new Action.Announce(text + "!"));
      case Action.ByHand(String what, String evidence) ->
          List.of(new Action.ByHand(what + "!", evidence));
    };
  }

  private static List<Action> patches(Action.PatchTemplate p) {
    List<Action> all = new ArrayList<>();
    all.add(patch(p, p.fromVersion(), p.toVersion() + "0", p.toTemplate(), p.patch()));
    all.add(patch(p, p.toVersion(), p.toVersion(), p.toTemplate(), p.patch()));
    all.add(patch(p, p.fromVersion(), p.toVersion(), p.fromTemplate(), p.patch()));
    all.add(patch(p, p.patch().reverse()));
    List<JsonPatch.Change> changes = p.patch().changes();
    for (int i = 0; i < changes.size(); i++) {
      JsonPatch.Change c = changes.get(i);
      all.add(patch(p, new JsonPatch(without(changes, i))));
      for (JsonPatch.Change wrong :
          List.of(
              new JsonPatch.Change(c.path(), c.from(), Json.of("x")),
              new JsonPatch.Change(c.path(), Json.of("x"), c.to()),
              new JsonPatch.Change(c.path() + "0", c.from(), c.to()))) {
        all.add(patch(p, new JsonPatch(replaced(changes, i, wrong))));
      }
    }
    return all;
  }

  private static Action patch(Action.PatchTemplate p, JsonPatch patch) {
    return patch(p, p.fromVersion(), p.toVersion(), p.toTemplate(), patch);
  }

  private static Action patch(
      Action.PatchTemplate p, String from, String to, String template, JsonPatch patch) {
    return new Action.PatchTemplate(p.set(), from, to, p.fromTemplate(), template, patch);
  }

  private static List<Action> logins(Action.SetLogins l) {
    List<Action> all = new ArrayList<>();
    all.add(new Action.SetLogins(l.group(), l.to(), l.from(), l.openflowGroup(), l.entries()));
    all.add(new Action.SetLogins(l.group(), l.from(), l.from(), l.openflowGroup(), l.entries()));
    if (l.openflowGroup().isPresent()) {
      Action.OpenflowGroup g = l.openflowGroup().get();
      List<String> fewer = g.carriers().subList(1, g.carriers().size());
      all.add(through(l, Optional.empty()));
      all.add(through(l, Optional.of(new Action.OpenflowGroup(g.from(), g.from(), g.carriers()))));
      all.add(through(l, Optional.of(new Action.OpenflowGroup(g.to(), g.to(), g.carriers()))));
      all.add(through(l, Optional.of(new Action.OpenflowGroup(g.from(), g.to(), fewer))));
    }
    for (int i = 0; i < l.entries().size(); i++) {
      all.add(telling(l, without(l.entries(), i)));
      for (Action.PutEntry wrong : entries(l.entries().get(i))) {
        all.add(telling(l, replaced(l.entries(), i, wrong)));
      }
    }
    return all;
  }

  private static Action through(Action.SetLogins l, Optional<Action.OpenflowGroup> group) {
    return new Action.SetLogins(l.group(), l.from(), l.to(), group, l.entries());
  }

  private static Action telling(Action.SetLogins l, List<Action.PutEntry> entries) {
    return new Action.SetLogins(l.group(), l.from(), l.to(), l.openflowGroup(), entries);
  }

  private static List<Action.PutEntry> entries(Action.PutEntry e) {
    String nobody = e.to().replace("\"side\":\"", "\"side\":\"x");
    return List.of(
        new Action.PutEntry(e.directory(), e.key(), e.to(), e.to()),
        new Action.PutEntry(e.directory(), e.key(), e.from(), e.from()),
        new Action.PutEntry(e.directory(), e.key(), e.to(), e.from()),
        new Action.PutEntry(e.directory(), e.key(), e.from(), nobody),
        new Action.PutEntry(e.directory() + "0", e.key(), e.from(), e.to()),
        new Action.PutEntry(e.directory(), e.key() + "0", e.from(), e.to()));
  }

  private static List<Action> moves(Action.MoveHome m) {
    return List.of(
        new Action.MoveHome(m.group(), m.label() + "0", m.from(), m.to(), m.before(), m.after()),
        new Action.MoveHome(m.group(), m.label(), m.to(), m.to(), m.before(), m.after()),
        new Action.MoveHome(m.group(), m.label(), m.from(), m.from(), m.before(), m.before()),
        new Action.MoveHome(m.group(), m.label(), m.from(), m.to(), m.after(), m.after()),
        new Action.MoveHome(m.group(), m.label(), m.from(), m.to(), m.before(), m.before()));
  }

  private static List<Action> drains(Action.Drain d) {
    List<String> more = inserted(d.staying(), "elsewhere");
    List<Action> all = new ArrayList<>();
    all.add(new Action.Drain(d.set(), d.probe(), d.deadlineSeconds() / 2, d.staying()));
    all.add(new Action.Drain(d.set(), d.probe(), d.deadlineSeconds(), more));
    if (d.probe().isPresent()) {
      all.add(new Action.Drain(d.set(), Optional.empty(), d.deadlineSeconds(), d.staying()));
    }
    return all;
  }

  private static List<Action> kicks(Action.Kick k) {
    List<String> more = inserted(k.staying(), "elsewhere");
    List<Action> all = new ArrayList<>();
    all.add(new Action.Kick(k.set(), k.probe(), k.allowed() + 1, k.staying()));
    all.add(new Action.Kick(k.set(), k.probe(), k.allowed(), more));
    if (k.probe().isPresent()) {
      all.add(new Action.Kick(k.set(), Optional.empty(), k.allowed(), k.staying()));
    }
    return all;
  }

  /// The same action in another place.
  static List<Action> places(Action action) {
    return switch (action) {
      case Action.PatchTemplate p ->
          List.of(
              new Action.PatchTemplate(
                  other(p.set()),
                  p.fromVersion(),
                  p.toVersion(),
                  p.fromTemplate(),
                  p.toTemplate(),
                  p.patch()));
      case Action.Scale s -> List.of(new Action.Scale(other(s.set()), s.from(), s.to()));
      case Action.SetLogins l ->
          List.of(
              new Action.SetLogins(
                  l.group() + "0", l.from(), l.to(), l.openflowGroup(), l.entries()));
      case Action.MoveHome m ->
          List.of(
              new Action.MoveHome(
                  m.group(), m.label(), m.from(), m.to() + "0", m.before(), m.after()),
              new Action.MoveHome(
                  m.group() + "0", m.label(), m.from(), m.to(), m.before(), m.after()));
      case Action.Dismiss d ->
          List.of(new Action.Dismiss(other(d.set()), d.staying(), d.count(), d.leaving()));
      case Action.Cordon(String node, boolean shut) -> List.of(new Action.Cordon(node + "0", shut));
      case Action.Fence(String node) -> List.of(new Action.Fence(node + "0"));
      case Action.ProgramSwitch(String host) -> List.of(new Action.ProgramSwitch(host + "0"));
      case Action.Drain d ->
          List.of(new Action.Drain(other(d.set()), d.probe(), d.deadlineSeconds(), d.staying()));
      case Action.Kick k ->
          List.of(new Action.Kick(other(k.set()), k.probe(), k.allowed(), k.staying()));
      case Action.Reload r ->
          List.of(new Action.Reload(other(r.set()), r.container(), r.command()));
      case Action.PutEntry _, Action.Announce _, Action.ByHand _ -> List.of();
    };
  }

  /// The set of the other side.
  static Action.SetRef other(Action.SetRef set) {
    String name = set.name();
    String base =
        name.endsWith("-a") || name.endsWith("-b")
            ? name.substring(0, name.length() - 1)
            : name + "-";
    return new Action.SetRef(
        set.group(), set.side().other(), set.namespace(), base + set.side().other().label());
  }
}
