package io.gops.plan.proof;

import static io.gops.plan.proof.ListEdits.without;
import static io.gops.plan.proof.WrongActions.other;

import io.gops.fleet.Side;
import io.gops.json.JsonPatch;
import io.gops.plan.Action;
import io.gops.plan.Check;
import java.util.List;
import java.util.TreeMap;

/// Checks of something else than the one that is meant.
final class WrongChecks {
  private WrongChecks() {}

  static List<Check> of(Check check) {
    return switch (check) {
      case Check.Stored(Action.SetRef set, JsonPatch expected) ->
          List.of(
              new Check.Stored(set, expected.reverse()),
              new Check.Stored(other(set), expected),
              new Check.Stored(set, new JsonPatch(List.of())));
      case Check.Replicas(Action.SetRef set, int count) ->
          List.of(new Check.Replicas(set, count + 1), new Check.Replicas(other(set), count));
      case Check.Pods pods -> {
        TreeMap<String, String> images = new TreeMap<>(pods.images());
        images.replaceAll((_, image) -> image + "0");
        yield List.of(
            new Check.Pods(pods.set(), pods.count() + 1, pods.images(), pods.same()),
            new Check.Pods(pods.set(), pods.count(), images, pods.same()),
            new Check.Pods(pods.set(), pods.count(), new TreeMap<>(), pods.same()));
      }
      case Check.RunsOn(Action.SetRef set, String host) ->
          List.of(new Check.RunsOn(set, host + "0"));
      case Check.LoginsAt(String group, Side side) ->
          List.of(new Check.LoginsAt(group, side.other()), new Check.LoginsAt(group + "0", side));
      case Check.Entry(String directory, String key, String value) ->
          List.of(
              new Check.Entry(directory, key, value + " "),
              new Check.Entry(directory, key + "0", value));
      case Check.Home(String node, String label, String value) ->
          List.of(
              new Check.Home(node + "0", label, value),
              new Check.Home(node, label + "0", value),
              new Check.Home(node, label, "failover"));
      case Check.Cordoned(String node, boolean shut) ->
          List.of(new Check.Cordoned(node + "0", shut), new Check.Cordoned(node, !shut));
      case Check.Dismissed d ->
          List.of(
              new Check.Dismissed(d.set(), d.staying(), d.count() + 1, d.leaving()),
              new Check.Dismissed(d.set(), without(d.staying(), 0), d.count(), d.leaving()),
              new Check.Dismissed(d.set(), d.staying(), d.count(), !d.leaving()),
              new Check.Dismissed(other(d.set()), d.staying(), d.count(), d.leaving()));
      case Check.Fenced(String node) -> List.of(new Check.Fenced(node + "0"));
      case Check.PlayersAtMost _ -> List.of();
      case Check.Confirmed(Action.SetRef set, String container, List<String> command) ->
          List.of(
              new Check.Confirmed(set, container + "0", command),
              new Check.Confirmed(set, container, List.of("true")),
              new Check.Confirmed(other(set), container, command));
    };
  }
}
