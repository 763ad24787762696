package io.gops.lint;

import io.gops.bind.Declared;
import io.gops.bind.Survey;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import io.gops.syntax.Import;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// GOPS7004: one name for two things in one file, so that one of them hides the other or a reader
/// takes one for the other.
final class SharedNames implements Rule {
  /// Something that a file can call by a name.
  ///
  /// @param what with its name: `const registry`
  private record Named(String what, String name, Place place) {}

  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    Map<String, Named> declarations = declarations(subject.survey());
    for (Survey.File file : subject.files()) {
      Map<String, Named> known = new LinkedHashMap<>();
      own(file).forEach(named -> enter(named, known, report));
      imported(file, subject.survey()).forEach(named -> enter(named, known, report));
      file.tree()
          .consts()
          .forEach(
              constant -> {
                Named declared = declarations.get(constant.name().text());
                if (declared != null) {
                  clash(constant(file, constant), declared, report);
                }
              });
    }
  }

  private static void enter(
      Named named, Map<String, Named> known, Consumer<Diagnostic.Builder> report) {
    Named before = known.putIfAbsent(named.name(), named);
    if (before != null && !before.place().equals(named.place())) {
      clash(before, named, report);
    }
  }

  private static void clash(Named one, Named other, Consumer<Diagnostic.Builder> report) {
    report.accept(
        Diagnostic.of(Code.GOPS7004, one.what(), other.what())
            .at(one.place())
            .related(other.place(), "related")
            .hint("hint"));
  }

  private static Stream<Named> own(Survey.File file) {
    return Stream.concat(
        Stream.concat(
            file.tree().consts().stream().map(constant -> constant(file, constant)),
            templates(file)),
        file.imports().stream()
            .flatMap(
                imported -> {
                  Import written = imported.written();
                  return written.alias().stream()
                      .map(a -> new Named("import " + a, a.text(), file.tree().place(a)));
                }));
  }

  private static Named constant(Survey.File file, io.gops.syntax.Const constant) {
    String name = constant.name().text();
    return new Named("const " + name, name, file.tree().place(constant.name()));
  }

  private static Stream<Named> templates(Survey.File file) {
    return file.templates().stream()
        .map(
            template -> {
              Place name = file.tree().place(template.labels().getLast());
              return new Named("template " + name.text(), name.text(), name);
            });
  }

  /// What imports without an alias make visible.
  private static Stream<Named> imported(Survey.File file, Survey survey) {
    return file.imports().stream()
        .filter(imported -> imported.written().alias().isEmpty())
        .flatMap(imported -> Stream.ofNullable(survey.files().get(imported.path())))
        .flatMap(
            other ->
                Stream.concat(
                    other.tree().consts().stream().map(constant -> constant(other, constant)),
                    templates(other)));
  }

  /// The declarations of the fleet, which every file sees; a constant of the same name wins.
  private static Map<String, Named> declarations(Survey survey) {
    Map<String, Named> found = new HashMap<>();
    for (Survey.Environment environment : survey.environments()) {
      List<Declared> declared = environment.declarations();
      declared.stream()
          .filter(d -> !d.label().isEmpty())
          .forEach(d -> found.putIfAbsent(d.label(), new Named(d.title(), d.label(), d.name())));
    }
    return found;
  }
}
