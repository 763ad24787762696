package io.gops.bind;

import io.gops.fleet.ZoneSet;
import io.gops.syntax.Endpoint;
import io.gops.syntax.Item;
import io.gops.syntax.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The word `servers` in a policy: the servers of every game in its VPC, one game at a time, so
/// that a template can say what holds for all. A rule with it is a rule for each game.
final class ServersWord {
  static final String WORD = "servers";

  private final Predicate<String> isName;
  private final Collection<ZoneSet> sets;

  /// @param isName whether something is called so; then the word means that
  ServersWord(Predicate<String> isName, Collection<ZoneSet> sets) {
    this.isName = isName;
    this.sets = List.copyOf(sets);
  }

  /// The rule once for each game in a VPC; itself when it has not the word.
  List<Item> perGame(Item rule, String vpc) {
    return switch (rule) {
      case Item.Rule r when has(r.from()) || has(r.to()) ->
          games(vpc)
              .<Item>map(
                  game ->
                      new Item.Rule(
                          r.span(),
                          r.doc(),
                          r.annotations(),
                          r.verdict(),
                          of(r.from(), game),
                          r.both(),
                          of(r.to(), game)))
              .toList();
      case Item.ExpectReachable e when has(e.from()) || has(e.to()) ->
          games(vpc)
              .<Item>map(
                  game ->
                      new Item.ExpectReachable(
                          e.span(),
                          e.doc(),
                          e.annotations(),
                          e.expected(),
                          of(e.from(), game),
                          of(e.to(), game)))
              .toList();
      case Item other -> List.of(other);
    };
  }

  private Stream<String> games(String vpc) {
    return sets.stream()
        .filter(set -> set.body().vpc().filter(vpc::equals).isPresent())
        .map(set -> set.body().game())
        .distinct()
        .sorted();
  }

  private boolean has(Endpoint endpoint) {
    return endpoint.path().head().equals(WORD) && !isName.test(WORD);
  }

  private Endpoint of(Endpoint endpoint, String game) {
    if (!has(endpoint)) {
      return endpoint;
    }
    List<Path.Segment> segments = new ArrayList<>(endpoint.path().segments());
    segments.set(0, new Path.NameSegment(segments.getFirst().span(), game));
    return new Endpoint(
        endpoint.span(), new Path(endpoint.path().span(), segments), endpoint.port());
  }
}
