package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Spelling;
import io.gops.source.Place;
import io.gops.syntax.Path;
import java.util.Collection;

/// Problems with names that mean nothing, each with the name that was probably meant.
final class Names {
  private Names() {}

  /// Reports a name where only a constant can stand.
  static void reportUnknownConstant(Path path, Place place, Scope scope, Problems problems) {
    reportUnknownConstant(path.text(), place, scope.constantNames(), problems);
  }

  /// Reports a name that no constant has, once however often it is used.
  static void reportUnknownConstant(
      String name, Place place, Collection<String> candidates, Problems problems) {
    if (!problems.suspects().isNameless("const")) {
      problems.report(
          "const " + name,
          place,
          meant(Diagnostic.of(Code.GOPS2017, name).at(place), place, name, candidates));
    }
  }

  /// Adds the fix that writes the nearest candidate, if one is near.
  static Diagnostic.Builder meant(
      Diagnostic.Builder problem, Place place, String written, Collection<String> candidates) {
    Spelling.nearest(written, candidates)
        .ifPresent(name -> problem.fix(place, name, "fix", name).hint("meant", name));
    return problem;
  }

  /// Adds the hint that names the nearest candidate, if one is near.
  static Diagnostic.Builder known(
      Diagnostic.Builder problem, String written, Collection<String> candidates) {
    Spelling.nearest(written, candidates).ifPresent(name -> problem.hint("meant", name));
    return problem;
  }

  /// Names for a sentence: the first ten in order.
  static String list(Collection<String> names) {
    String shown = String.join(", ", names.stream().sorted().limit(10).toList());
    return names.size() > 10 ? shown + ", …" : shown;
  }
}
