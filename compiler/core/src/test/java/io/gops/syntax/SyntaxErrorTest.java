package io.gops.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Fix;
import io.gops.source.SourceFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SyntaxErrorTest {
  /// Codes whose failing example is not a text.
  private static final List<Code> NOT_TEXT = List.of(Code.GOPS1001, Code.GOPS1002);

  /// Codes whose page shows the failing example with an ellipsis or a visible stand-in.
  private static final List<Code> ABRIDGED = List.of(Code.GOPS1012, Code.GOPS1013, Code.GOPS1043);

  private static List<Code> syntaxCodes() {
    return Arrays.stream(Code.values()).filter(c -> c.name().startsWith("GOPS1")).toList();
  }

  private static String example(Code code, String section) throws IOException {
    Path page =
        Path.of(System.getProperty("gops.root"), "docs", "diagnostics", code.name() + ".md");
    String text = Files.readString(page);
    int start = text.indexOf("```gops\n", text.indexOf("## " + section)) + 8;
    return text.substring(start, text.indexOf("\n```", start)) + "\n";
  }

  @TestFactory
  Stream<DynamicTest> theFailingExampleOfEachPageGivesItsCodeOnce() {
    return syntaxCodes().stream()
        .filter(code -> !NOT_TEXT.contains(code) && !ABRIDGED.contains(code))
        .map(
            code ->
                DynamicTest.dynamicTest(
                    code.name(),
                    () -> {
                      Parsed parsed = Parsed.of(example(code, "Fails"));
                      assertEquals(
                          List.of(code),
                          parsed.errors().stream().map(Diagnostic::code).toList(),
                          parsed.report());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> thePassingExampleOfEachPagePasses() {
    return syntaxCodes().stream()
        .map(
            code ->
                DynamicTest.dynamicTest(
                    code.name(),
                    () -> assertEquals("", Parsed.of(example(code, "Passes")).report())));
  }

  @TestFactory
  Stream<DynamicTest> everyFixOfTheExamplesRemovesItsError() {
    return syntaxCodes().stream()
        .filter(code -> !NOT_TEXT.contains(code) && !ABRIDGED.contains(code))
        .map(
            code ->
                DynamicTest.dynamicTest(
                    code.name(),
                    () -> {
                      String text = example(code, "Fails");
                      for (Fix fix : Parsed.of(text).errors().getFirst().fixes()) {
                        assertEquals("", Parsed.of(applied(text, fix)).report());
                      }
                    }));
  }

  private static String applied(String text, Fix fix) {
    StringBuilder fixed = new StringBuilder(text);
    fix.edits().stream()
        .sorted(Comparator.comparingInt((Fix.Edit e) -> e.place().span().offset()).reversed())
        .forEach(
            e -> fixed.replace(e.place().span().offset(), e.place().span().end(), e.replacement()));
    return fixed.toString();
  }

  @Test
  void aFileInGbkGivesOneErrorAtItsFirstByte() {
    Diagnostics diagnostics = new Diagnostics();
    String text = "game clx {\n  display = \"楚留香\"\n  // 玩家\n}\n";
    SourceFile file =
        SourceText.decode("clx.gops", text.getBytes(Charset.forName("GBK")), diagnostics);
    Parser.parse(file, diagnostics);
    assertEquals(
        List.of(Code.GOPS1001), diagnostics.sorted().stream().map(Diagnostic::code).toList());
    assertEquals("clx.gops:2:14", diagnostics.sorted().getFirst().place().orElseThrow().toString());
  }

  @Test
  void utf8DecodesUnchanged() {
    Diagnostics diagnostics = new Diagnostics();
    String text = "\uFEFFgame clx {\r\n  display = \"楚留香🎮\"\n}" + "x".repeat(20_000);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertEquals(text, SourceText.decode("clx.gops", bytes, diagnostics).text());
    assertTrue(diagnostics.sorted().isEmpty());
  }

  @Test
  void aBinaryFileGivesOneError() {
    byte[] bytes = new byte[100_000];
    new java.util.Random(7).nextBytes(bytes);
    Diagnostics diagnostics = new Diagnostics();
    Parser.parse(SourceText.decode("clx.gops", bytes, diagnostics), diagnostics);
    assertEquals(2, diagnostics.sorted().size());
  }

  @Test
  void aControlCharacterInATextIsAnError() {
    assertEquals(
        "1:13 GOPS1012 the control character U+202E may not stand in a text",
        Parsed.of("owner = \"sre\u202Ewuxia\"").report());
  }

  @Test
  void aMissingBraceIsReportedWhereTheIndentationSaysItBelongs() {
    Parsed parsed =
        Parsed.of(
            """
            game clx {
              container engine {
                port client { number = 7001 }

              owner = "sre"
            }

            zones a {
            }
            """);
    assertEquals(
        "4:1 GOPS1014 `}` is missing: `container engine {` is not closed", parsed.report());
    assertEquals(2, parsed.tree().declarations().size());
    assertEquals(2, parsed.tree().declarations().getFirst().items().size());
  }

  @Test
  void aBrokenStatementLeavesTheOthers() {
    Parsed parsed =
        Parsed.of(
            """
            game clx {
              a = 1
              b = = 2
              c = 3
            }
            """);
    assertEquals("3:7 GOPS1023 expected a value, found `=`", parsed.report());
    List<Item> items = parsed.tree().declarations().getFirst().items();
    assertEquals(3, items.size());
    assertTrue(((Item.Assignment) items.get(1)).value() instanceof Expression.Broken);
  }

  @Test
  void aBrokenHeadKeepsItsBody() {
    Parsed parsed = Parsed.of("zones clx ! 7 {\n  a = 1\n}\nb = 2\n");
    assertEquals("1:11 GOPS1003 the character U+0021 has no meaning here", parsed.report());
    assertEquals(1, parsed.tree().declarations().getFirst().items().size());
    assertEquals(2, parsed.tree().items().size());
  }

  @Test
  void habitsOfOtherLanguagesAreUnderstood() {
    Parsed parsed =
        Parsed.of("game clx\n{\n  players: 3000;\n  owner := 'sre'\n  # note\n  b == 2，c = 3\n}\n");
    assertEquals(8, parsed.errors().size(), parsed.report());
    assertEquals(
        Parsed.of("game clx {\n  players = 3000\n  owner = \"sre\"\n  b = 2, c = 3\n}\n").meaning(),
        parsed.meaning());
  }
}
