package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Fix;
import io.gops.diagnostic.Language;
import io.gops.diagnostic.Repair;
import io.gops.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The page of every code is a test of it: what the page says fails, fails with this code and no
/// other; what it says passes, passes; and each fix that is offered mends.
class DiagnosticPagesTest {
  private static final Pattern HEADER =
      Pattern.compile("^\\S+?\\[(GOPS\\d{4})\\]", Pattern.MULTILINE);
  private static final Pattern PROBLEM = Pattern.compile("^(error|warning)\\[", Pattern.MULTILINE);
  private static final Pattern FIX = Pattern.compile("^ *= fix: ", Pattern.MULTILINE);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");
  /// What the report says itself, unlike the lines of the source that it shows.
  private static final Pattern SENTENCE = Pattern.compile("^\\S+?\\[GOPS|^ *= |^ *\\| +[-^]+ ");
  private static final Pattern ENGLISH =
      Pattern.compile("\\b(the|an|is|are|which|such as) |\\ba [a-z]{2,} ");
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

  @TempDir Path folder;

  /// Every code, or those that `-Dgops.page=GOPS20` begins.
  static Stream<Code> codes() {
    String wanted = System.getProperty("gops.page", "");
    return Stream.of(Code.values()).filter(code -> code.name().startsWith(wanted));
  }

  private static GoldenCase golden(Code code) {
    return new GoldenCase("diagnostics", code.name());
  }

  /// An empty folder of this run.
  private Path empty(String name) throws IOException {
    return Files.createDirectory(folder.toRealPath().resolve(name));
  }

  private static List<Code> raised(Run run) {
    Matcher headers = HEADER.matcher(run.out() + run.err());
    return headers.results().map(header -> Code.valueOf(header.group(1))).toList();
  }

  private static String transcript(String command, Run run) {
    return "$ " + command + "\n" + run.out() + run.err() + "exit " + run.code() + "\n";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codes")
  void failsAsThePageSays(Code code) throws Exception {
    DiagnosticExample example = DiagnosticPage.of(code).fails();
    Path here = empty("fails");
    example.prepare(here);
    Run run = example.run(here);
    String transcript = transcript(example.command(), run);
    assertEquals(List.of(code), raised(run), transcript);
    boolean isError = transcript.contains("error[" + code + "]");
    assertEquals(isError ? code.failure().exitCode() : 0, run.code(), transcript);
    assertFalse(PLACEHOLDER.matcher(transcript).find(), transcript);
    golden(code).verify(transcript);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codes")
  void speaksChinese(Code code) throws Exception {
    DiagnosticExample example = DiagnosticPage.of(code).fails();
    Path here = empty("fails");
    example.prepare(here);
    Run run = example.run(here, "--lang", "zh");
    String transcript = transcript(example.command(), run);
    assertEquals(List.of(code), raised(run), transcript);
    assertFalse(PLACEHOLDER.matcher(transcript).find(), transcript);
    List<String> sentences = transcript.lines().filter(SENTENCE.asPredicate()).toList();
    assertTrue(HAN.matcher(sentences.getFirst()).find(), transcript);
    sentences.forEach(sentence -> assertFalse(ENGLISH.matcher(sentence).find(), sentence));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codes")
  void passesAsThePageSays(Code code) throws Exception {
    DiagnosticExample example = DiagnosticPage.of(code).passes();
    Path here = empty("passes");
    example.prepare(here);
    Run run = example.run(here);
    String transcript = transcript(example.command(), run);
    assertFalse(raised(run).contains(code), transcript);
    assertFalse(PROBLEM.matcher(transcript).find(), transcript);
    assertEquals(0, run.code(), transcript);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codes")
  void eachFixMends(Code code) throws Exception {
    DiagnosticExample example = DiagnosticPage.of(code).fails();
    Path here = empty("fails");
    example.prepare(here);
    int offered = (int) FIX.matcher(example.run(here).out()).results().count();
    if (offered == 0) {
      return;
    }
    for (int i = 0; i < offered; i++) {
      Path mended = empty("mended-" + i);
      example.prepare(mended);
      apply(i, offered, example, mended);
      Run run = example.run(mended);
      assertEquals(List.of(), raised(run), "fix " + i + "\n" + transcript(example.command(), run));
    }
  }

  private static List<Diagnostic> check(Options options) {
    Pipeline pipeline = new Pipeline(options);
    pipeline.check();
    return pipeline.diagnostics().sorted();
  }

  /// Applies one of the fixes that are offered for the last command, as `check --fix` does; a
  /// decision is taken by the test.
  private static void apply(int index, int offered, DiagnosticExample example, Path here)
      throws IOException {
    Path fleet = Path.of(DiagnosticExample.arguments(example.command(), here)[1]);
    Options options = new Options(fleet, Optional.empty(), 1, Language.ENGLISH, Format.TEXT);
    List<Diagnostic> all =
        example.command().startsWith("gopsc lint ")
            ? Lint.lint(options).diagnostics().sorted()
            : check(options);
    assertEquals(1, all.size());
    Diagnostic found = all.getFirst();
    List<Fix> fixes = found.fixes();
    assertEquals(offered, fixes.size());
    Fix taken = new Fix(fixes.get(index).title(), fixes.get(index).edits(), false);
    Diagnostic chosen =
        new Diagnostic(
            found.code(),
            found.severity(),
            found.place(),
            found.message(),
            found.related(),
            found.hint(),
            List.of(taken));
    for (Map.Entry<String, Repair.Change> file : Repair.of(List.of(chosen)).texts().entrySet()) {
      Path path = Path.of(options.shown(file.getKey()));
      assertTrue(SourceWriter.replace(path, file.getValue().before(), file.getValue().after()));
    }
  }
}
