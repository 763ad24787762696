package io.gops.diff;

import io.gops.source.Origins;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Compares declarations that have a name: networks, services, hosts. Equal edits of several that
/// come from one line are one change.
final class NamedThings {
  private final ChangedLines lines;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  NamedThings(ChangedLines lines) {
    this.lines = lines;
  }

  List<Change> changes() {
    return changes;
  }

  /// What was changed and touches no generated file.
  List<String> notes() {
    return notes;
  }

  /// How one kind of declaration is judged.
  ///
  /// @param without members that are compared elsewhere
  /// @param onlyChecked whether nothing is generated from a member, by its path
  /// @param risk of a member, by its path
  record Rule<T extends Record>(
      Kind kind,
      Function<T, Origins> origins,
      Set<String> without,
      Predicate<String> onlyChecked,
      Function<String, ConsequenceClass> risk,
      ConsequenceClass added,
      ConsequenceClass removed) {
    /// Every change, coming and going takes effect while servers run on.
    static <T extends Record> Rule<T> of(Kind kind, Function<T, Origins> origins) {
      return new Rule<>(
          kind,
          origins,
          Set.of(),
          _ -> false,
          _ -> ConsequenceClass.R1,
          ConsequenceClass.R1,
          ConsequenceClass.R1);
    }

    Rule<T> without(String... members) {
      return new Rule<>(kind, origins, Set.of(members), onlyChecked, risk, added, removed);
    }

    Rule<T> onlyChecked(Predicate<String> paths) {
      return new Rule<>(kind, origins, without, paths, risk, added, removed);
    }

    Rule<T> changed(Function<String, ConsequenceClass> classes) {
      return new Rule<>(kind, origins, without, onlyChecked, classes, added, removed);
    }

    Rule<T> added(ConsequenceClass risk) {
      return new Rule<>(kind, origins, without, onlyChecked, this.risk, risk, removed);
    }

    Rule<T> removed(ConsequenceClass risk) {
      return new Rule<>(kind, origins, without, onlyChecked, this.risk, added, risk);
    }
  }

  private record Key(Optional<Cause> cause, List<Edit> edits) {}

  <T extends Record> void compare(
      Rule<T> rule, SortedMap<String, T> before, SortedMap<String, T> after) {
    SortedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    Map<Key, List<String>> found = new LinkedHashMap<>();
    for (String name : names) {
      Map<Optional<Cause>, List<Edit>> edits = new LinkedHashMap<>();
      for (SourcedEdit edit : edits(rule, name, before.get(name), after.get(name))) {
        edits.computeIfAbsent(edit.cause(), _ -> new ArrayList<>()).add(edit.edit());
      }
      edits.forEach(
          (cause, own) ->
              found.computeIfAbsent(new Key(cause, own), _ -> new ArrayList<>()).add(name));
    }
    found.forEach((key, subjects) -> changes.add(change(rule.kind(), key, subjects)));
  }

  private static Change change(Kind kind, Key key, List<String> subjects) {
    ConsequenceClass risk =
        key.edits().stream().map(Edit::risk).reduce(ConsequenceClass.R0, ConsequenceClass::max);
    String named = kind == Kind.HOST ? "" : String.join(" ", subjects);
    return new Change(
        ChangeId.of(kind, named, key.edits()),
        kind,
        risk,
        key.cause(),
        key.edits(),
        subjects,
        new TreeSet<>(),
        List.of(),
        Optional.empty());
  }

  private <T extends Record> List<SourcedEdit> edits(
      Rule<T> rule, String name, @Nullable T from, @Nullable T to) {
    List<SourcedEdit> edits = new ArrayList<>();
    if (from != null && to != null) {
      for (ValueChange change : ModelComparison.between(from, to, rule.without())) {
        if (rule.onlyChecked().test(change.path())) {
          notes.add(
              rule.kind().word() + " " + name + ": nothing is generated from " + change.path());
        } else {
          edits.add(
              new SourcedEdit(change.with(rule.risk().apply(change.path())), lines.cause(change)));
        }
      }
    } else if (to != null) {
      edits.add(whole(rule, Optional.empty(), Optional.of(to)));
    } else if (from != null) {
      edits.add(whole(rule, Optional.of(from), Optional.empty()));
    }
    return edits;
  }

  private <T extends Record> SourcedEdit whole(Rule<T> rule, Optional<T> from, Optional<T> to) {
    Edit edit =
        new Edit(
            rule.kind().word(),
            from.map(PrintedValue::of),
            to.map(PrintedValue::of),
            to.isPresent() ? rule.added() : rule.removed());
    List<Place> after = to.map(rule.origins()).map(o -> o.name().chain()).orElse(List.of());
    List<Place> before = from.map(rule.origins()).map(o -> o.name().chain()).orElse(List.of());
    return new SourcedEdit(
        edit, lines.cause(new ValueChange(edit.path(), edit.from(), edit.to(), after, before)));
  }
}
