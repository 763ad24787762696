package io.gops.diagnostic;

import io.gops.source.Place;
import java.util.List;
import java.util.Optional;

/// Test cases as JUnit XML, which most build servers show as a list.
public final class JunitReport {
  private JunitReport() {}

  /// One case.
  ///
  /// @param group what it belongs to: a file
  /// @param name what was tested
  /// @param place where it is written, `path:line`; empty when nowhere
  /// @param failure why it fails; empty when it passes
  /// @param type kind of the failure, a code
  /// @param output what else there is to say
  /// @param isSkipped whether it did not run
  public record Case(
      String group,
      String name,
      String place,
      String failure,
      String type,
      String output,
      boolean isSkipped) {
    Case(String group, String name, String place, String failure, String type, String output) {
      this(group, name, place, failure, type, output, false);
    }

    /// A case that passes.
    public static Case passed(String group, String name, String place) {
      return new Case(group, name, place, "", "", "");
    }

    /// A case that did not run, because something before it failed.
    public static Case skipped(String group, String name, String place) {
      return new Case(group, name, place, "", "", "", true);
    }

    boolean fails() {
      return !failure.isEmpty();
    }
  }

  /// Each error as a case that fails, everything else as one that passes and says something; a
  /// single case when there is nothing to say, because an empty report is taken for a broken one.
  public static List<Case> cases(
      String command, List<Diagnostic> diagnostics, Presentation presentation) {
    return diagnostics.isEmpty()
        ? List.of(Case.passed(presentation.home(), command, ""))
        : diagnostics.stream().map(diagnostic -> found(diagnostic, presentation)).toList();
  }

  /// A test of the user's own.
  ///
  /// @param failure why it fails; absent when it passes
  public static Case of(
      String group,
      String name,
      String place,
      Optional<Diagnostic> failure,
      Presentation presentation) {
    return failure
        .map(
            found ->
                new Case(group, name, place, presentation.whole(found), found.code().name(), ""))
        .orElseGet(() -> Case.passed(group, name, place));
  }

  private static Case found(Diagnostic diagnostic, Presentation presentation) {
    String path = presentation.path(diagnostic);
    String place = path + diagnostic.place().map(Place::line).map(line -> ":" + line).orElse("");
    String name = diagnostic.code() + " " + presentation.text(diagnostic.message());
    String whole = presentation.whole(diagnostic);
    return diagnostic.isError()
        ? new Case(path, name, place, whole, diagnostic.code().name(), "")
        : new Case(path, name, place, "", "", diagnostic.severity().word() + ": " + whole);
  }

  /// One XML document.
  ///
  /// @param suite name of the suite
  public static String print(String suite, List<Case> cases) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    String counts =
        attribute("name", suite)
            + attribute("tests", Integer.toString(cases.size()))
            + attribute("failures", Long.toString(cases.stream().filter(Case::fails).count()))
            + attribute("errors", "0");
    String skipped =
        attribute("skipped", Long.toString(cases.stream().filter(Case::isSkipped).count()));
    xml.append("<testsuites").append(counts).append(">\n");
    xml.append("  <testsuite").append(counts).append(skipped).append(">\n");
    cases.forEach(test -> print(test, xml));
    return xml.append("  </testsuite>\n</testsuites>\n").toString();
  }

  private static void print(Case test, StringBuilder xml) {
    xml.append("    <testcase")
        .append(attribute("classname", test.group()))
        .append(attribute("name", test.name()))
        .append(test.place().isEmpty() ? "" : attribute("file", test.place()));
    if (test.isSkipped()) {
      xml.append("><skipped/></testcase>\n");
      return;
    }
    if (!test.fails() && test.output().isEmpty()) {
      xml.append("/>\n");
      return;
    }
    xml.append(">\n");
    if (test.fails()) {
      String first = test.failure().lines().findFirst().orElse("");
      xml.append("      <failure")
          .append(attribute("message", first))
          .append(attribute("type", test.type()))
          .append('>')
          .append(escaped(test.place() + "\n" + test.failure()))
          .append("</failure>\n");
    } else {
      xml.append("      <system-out>").append(escaped(test.output())).append("</system-out>\n");
    }
    xml.append("    </testcase>\n");
  }

  private static String attribute(String name, String value) {
    return " " + name + "=\"" + escaped(value).replace("\n", "&#10;") + "\"";
  }

  /// Text for XML: markup escaped, and what XML cannot hold at all replaced by its picture.
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append('\n');
                case 0xFFFE, 0xFFFF -> out.append('\uFFFD');
                default -> out.append(Harmless.shown(c));
              }
            });
    return out.toString();
  }
}
