package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Release;
import io.gops.fleet.Zone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The waves of a release that are written one by one: each zone of the release is in exactly one,
/// and the rules by which waves are made otherwise say nothing.
final class WrittenWaves {
  private static final List<String> RULES = List.of("by", "canary", "then", "per_host");

  /// Zones in one message.
  private static final int NAMES = 6;

  private final Problems problems;
  private final SortedMap<Integer, Zone> zones;

  WrittenWaves(Problems problems, SortedMap<Integer, Zone> zones) {
    this.problems = problems;
    this.zones = zones;
  }

  /// The waves in their order; none when the release has only rules.
  ///
  /// @param sets labels of the zones declarations that change
  List<Release.Named> named(Attributes release, Attributes rules, Collection<String> sets) {
    List<Attributes> written = rules.children("wave");
    if (written.isEmpty()) {
      return List.of();
    }
    String name = release.block().label();
    rulesBeside(name, rules, written.getFirst());
    NavigableSet<Integer> left = new TreeSet<>();
    zones.forEach(
        (id, zone) -> {
          if (sets.contains(zone.set())) {
            left.add(id);
          }
        });
    boolean readable =
        written.stream().allMatch(w -> w.numbers("ids").isPresent() == w.block().has("ids"));
    if (!readable || left.isEmpty()) {
      return List.of();
    }
    return named(release, written, left);
  }

  private void rulesBeside(String release, Attributes rules, Attributes first) {
    RULES.stream()
        .filter(rules.block()::has)
        .findFirst()
        .ifPresent(
            rule ->
                problems.report(
                    Diagnostic.of(Code.GOPS5526, rule, release)
                        .at(rules.place(rule))
                        .related(first.block().place(), "related", first.block().label())
                        .hint("hint", rule)));
  }

  private List<Release.Named> named(
      Attributes release, List<Attributes> written, NavigableSet<Integer> left) {
    List<Release.Named> waves = new ArrayList<>();
    Map<Integer, Attributes> taken = new HashMap<>();
    for (Attributes wave : written) {
      Optional<NumberSet> ids = wave.numbers("ids");
      NavigableSet<Integer> its = new TreeSet<>();
      if (ids.isPresent()) {
        its.addAll(ids.get().members());
        strangers(release, wave, its, left, taken);
        its.retainAll(left);
      } else if (wave == written.getLast()) {
        its.addAll(left);
      } else {
        problems.report(
            Diagnostic.of(Code.GOPS5525, wave.block().label(), release.block().label())
                .saying("empty", wave.block().label(), release.block().label())
                .at(wave.block().place())
                .hint("hint"));
        return List.of();
      }
      left.removeAll(its);
      its.forEach(id -> taken.put(id, wave));
      waves.add(new Release.Named(wave.block().label(), its, wave.origins()));
    }
    if (!left.isEmpty()) {
      problems.report(
          Diagnostic.of(Code.GOPS5525, release.block().label(), left.size(), names(left))
              .at(written.getLast().place("ids"))
              .hint("rest"));
    }
    return waves;
  }

  /// Zones that the release does not change, or that an earlier wave has.
  private void strangers(
      Attributes release,
      Attributes wave,
      NavigableSet<Integer> ids,
      NavigableSet<Integer> left,
      Map<Integer, Attributes> taken) {
    Optional<Integer> stranger = ids.stream().filter(id -> !left.contains(id)).findFirst();
    if (stranger.isEmpty()) {
      return;
    }
    int id = stranger.get();
    Attributes other = taken.get(id);
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS5524, wave.block().label(), id, release.block().label())
            .at(wave.place("ids"));
    if (other == null) {
      problems.report(problem.related(release.place("zones"), "related").hint("hint"));
    } else {
      problems.report(
          problem
              .saying("twice", wave.block().label(), id, other.block().label())
              .related(other.place("ids"), "other", other.block().label())
              .hint("once"));
    }
  }

  private static String names(NavigableSet<Integer> ids) {
    String first =
        ids.stream().limit(NAMES).map(id -> Integer.toString(id)).collect(Collectors.joining(", "));
    return ids.size() > NAMES ? first + ", …" : first;
  }
}
