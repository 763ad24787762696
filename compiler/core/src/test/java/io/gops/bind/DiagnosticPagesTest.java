package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Fix;
import io.gops.diagnostic.Language;
import io.gops.diagnostic.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages of the codes for names, types and units are the table of this test: what a page says
/// fails, fails with that code and no other; what it says passes, passes.
class DiagnosticPagesTest {
  private static final Path PAGES = Path.of(System.getProperty("gops.root"), "docs", "diagnostics");
  private static final Pattern BLOCK =
      Pattern.compile("^```gops *(\\S*)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  static Stream<Code> codes() {
    return Stream.of(Code.values())
        .filter(code -> code.name().startsWith("GOPS20"))
        // Needs a file without permissions, see FolderSourcesTest.
        .filter(code -> code != Code.GOPS2033);
  }

  /// The files of one section of a page by path.
  private static Map<String, String> example(Code code, String section) throws IOException {
    String page = Files.readString(PAGES.resolve(code + ".md"));
    int start = page.indexOf("## " + section);
    int end = page.indexOf("\n## ", start);
    List<MatchResult> blocks = BLOCK.matcher(page.substring(start, end)).results().toList();
    Map<String, String> files = new TreeMap<>();
    for (MatchResult block : blocks) {
      files.put(block.group(1).isEmpty() ? "example.gops" : block.group(1), block.group(2));
    }
    return files;
  }

  private static List<Diagnostic> problems(Map<String, String> example, Path folder)
      throws IOException {
    Map<String, String> files = new TreeMap<>(example);
    boolean alone = files.containsKey("alone.gops");
    if (files.containsKey("example.gops")) {
      files.put(
          "fleet.gops",
          "fleet demo { environment default { cluster = hz, include = [\"base.gops\","
              + " \"example.gops\"] } }");
    }
    if (!alone) {
      files.put("base.gops", Files.readString(PAGES.resolve("example-fleet.gops")));
    }
    if (files.containsKey("chess.gops")) {
      files.remove("base.gops");
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
    Diagnostics diagnostics = new Diagnostics();
    FleetLoader.load(alone ? folder.resolve("alone.gops") : folder, diagnostics);
    return diagnostics.sorted();
  }

  @ParameterizedTest
  @MethodSource("codes")
  void failsAsThePageSays(Code code, @TempDir Path folder) throws IOException {
    List<Diagnostic> found = problems(example(code, "Fails"), folder);
    assertEquals(
        List.of(code), found.stream().map(Diagnostic::code).toList(), () -> describe(found));
    assertTextsExist(found.getFirst());
  }

  @ParameterizedTest
  @MethodSource("codes")
  void passesAsThePageSays(Code code, @TempDir Path folder) throws IOException {
    List<Diagnostic> found = problems(example(code, "Passes"), folder);
    assertTrue(found.isEmpty(), () -> describe(found));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void eachFixRemovesTheProblem(Code code, @TempDir Path folder) throws IOException {
    Map<String, String> example = example(code, "Fails");
    List<Fix> fixes = problems(example, folder.resolve("before")).getFirst().fixes();
    for (int i = 0; i < fixes.size(); i++) {
      Map<String, String> repaired = new TreeMap<>(example);
      for (Fix.Edit edit : fixes.get(i).edits()) {
        repaired.computeIfPresent(edit.place().file().path(), (_, text) -> apply(edit, text));
      }
      List<Diagnostic> left = problems(repaired, folder.resolve("after" + i));
      assertTrue(left.isEmpty(), () -> describe(left));
    }
  }

  private static String apply(Fix.Edit edit, String text) {
    return text.substring(0, edit.place().span().offset())
        + edit.replacement()
        + text.substring(edit.place().span().end());
  }

  private static void assertTextsExist(Diagnostic diagnostic) {
    Catalogue catalogue = Catalogue.of(Language.ENGLISH);
    Stream.of(
            Stream.of(diagnostic.message()),
            diagnostic.hint().stream(),
            diagnostic.related().stream().map(related -> related.message()),
            diagnostic.fixes().stream().map(Fix::title))
        .flatMap(messages -> messages)
        .forEach((Message message) -> assertTrue(catalogue.has(message.key()), message.key()));
  }

  private static String describe(List<Diagnostic> diagnostics) {
    Catalogue catalogue = Catalogue.of(Language.ENGLISH);
    StringBuilder text = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      text.append(diagnostic.place().map(Object::toString).orElse("-"))
          .append(' ')
          .append(diagnostic.code())
          .append(' ')
          .append(catalogue.text(diagnostic.message()))
          .append('\n');
    }
    return text.toString();
  }
}
