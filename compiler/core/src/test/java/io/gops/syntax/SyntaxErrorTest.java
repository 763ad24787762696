package io.gops.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.SourceFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntaxErrorTest {
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
    assertEquals(1, diagnostics.sorted().size());
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
    assertEquals("1:11 GOPS1003 `!` (U+0021) has no meaning here", parsed.report());
    assertEquals(1, parsed.tree().declarations().getFirst().items().size());
    assertEquals(2, parsed.tree().items().size());
  }

  @Test
  void aCharacterOfTwoPlacesIsOne() {
    assertEquals("1:5 GOPS1003 `🎮` (U+1F3AE) has no meaning here", Parsed.of("a = 🎮\n").report());
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
