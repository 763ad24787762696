package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Spelling;
import io.gops.schema.Target;
import io.gops.source.Place;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Resolves names to declarations, and says which was probably meant when there is none.
final class References {
  private final Problems problems;
  private final Repetitions unresolved;

  References(Problems problems) {
    this.problems = problems;
    this.unresolved = new Repetitions(problems);
  }

  /// Keeps the problem of a name until all are known: a name that is misspelled where it is
  /// declared is one mistake, however often it is used.
  void unresolved(String name, Optional<Place> place, Diagnostic.Builder problem) {
    if (!problems.suspects().contains(name)) {
      String last = name.substring(name.lastIndexOf('.') + 1);
      unresolved.add(last, place, problem);
    }
  }

  /// Reports every unresolved name once, at its first use, with the other uses as related places.
  void report() {
    unresolved.forget(problems.suspects()::contains);
    unresolved.report();
  }

  /// The name that an attribute holds, if something of that name is declared.
  ///
  /// @param known the names of what it may be
  Optional<String> resolve(
      Attributes attributes, String attribute, Target target, Collection<String> known) {
    Optional<Value> value = attributes.value(attribute);
    Optional<Place> place = attributes.place(attribute);
    return value.flatMap(found -> resolve(found, valuePlace(found, place), target, known));
  }

  /// All names of a list attribute that are declared.
  List<String> resolveAll(
      Attributes attributes, String attribute, Target target, Collection<String> known) {
    return attributes.elements(attribute).stream()
        .flatMap(e -> resolve(e.value(), Optional.of(e.place()), target, known).stream())
        .toList();
  }

  /// Where a name stands: the reference itself rather than the whole assignment.
  private static Optional<Place> valuePlace(Value value, Optional<Place> assignment) {
    return value instanceof Value.Name(var path, Scope scope)
        ? Optional.of(scope.place(path))
        : assignment;
  }

  Optional<String> resolve(
      Value value, Optional<Place> place, Target target, Collection<String> known) {
    Optional<String> name =
        value instanceof Value.Name(var path, _)
            ? Optional.of(path.text())
            : Attributes.constant(value);
    return name.filter(wanted -> exists(wanted, place, target, known));
  }

  boolean exists(String name, Optional<Place> place, Target target, Collection<String> known) {
    return exists(name, place, what(target), known);
  }

  /// Whether something of that name is declared; reports it when not.
  ///
  /// @param what what it should be, in words
  boolean exists(String name, Optional<Place> place, String what, Collection<String> known) {
    if (known.contains(name)) {
      return true;
    }
    if (name.isEmpty()) {
      return false;
    }
    if (!problems.suspects().isNameless(what)) {
      if (!problems.suspects().contains(name)) {
        unresolved.add(wrongPart(name, known), place, unknown(name, place, what, known));
      }
    }
    return false;
  }

  /// The first part of a dotted name with which no known name goes on.
  private static String wrongPart(String name, Collection<String> known) {
    int dot = name.indexOf('.');
    while (dot >= 0) {
      String beginning = name.substring(0, dot + 1);
      if (known.stream().noneMatch(other -> other.startsWith(beginning))) {
        return name.substring(name.lastIndexOf('.', dot - 1) + 1, dot);
      }
      dot = name.indexOf('.', dot + 1);
    }
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /// A name that nothing has.
  Diagnostic.Builder unknown(
      String name, Optional<Place> place, String what, Collection<String> known) {
    Diagnostic.Builder problem = Diagnostic.of(Code.GOPS2016, what, name).at(place);
    Optional<String> meant = Spelling.nearest(name, known);
    if (meant.isPresent()) {
      problem.hint("meant", meant.get());
      place
          .map(where -> replacement(where, name, meant.get()))
          .ifPresent(text -> problem.fix(place.orElseThrow(), text, "fix", meant.get()));
    } else if (known.isEmpty()) {
      problem.hint("none", what);
    } else {
      problem.hint("known", Names.list(known));
    }
    return problem;
  }

  /// The text at a place with a name in it replaced; the whole text when the name is all of it.
  private static String replacement(Place place, String name, String meant) {
    String text = place.text();
    int at = text.lastIndexOf(name);
    return at < 0 ? meant : text.substring(0, at) + meant + text.substring(at + name.length());
  }

  private static String what(Target target) {
    return target.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
