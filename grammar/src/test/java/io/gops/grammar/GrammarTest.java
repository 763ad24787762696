package io.gops.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;

class GrammarTest {
  @Test
  void everyTextIsMadeOfTokens() {
    String signs = "ab09.-_ \t\r\n\"'\\${}[]()=+<>:;,@/*#%楚é\u0000\uFEFF";
    Random random = new Random(20261121);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(24); n > 0; n--) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      assertEquals(text.toString(), joinedTokens(text.toString()));
    }
  }

  private static String joinedTokens(String text) {
    GopsLexer lexer = new GopsLexer(CharStreams.fromString(text));
    StringBuilder joined = new StringBuilder();
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      joined.append(token.getText());
    }
    return joined.toString();
  }

  @Test
  void theLongestTokenWins() {
    assertEquals("IDENTIFIER ARROW IDENTIFIER", types("a->b"));
    assertEquals("IDENTIFIER BOTH_WAYS IDENTIFIER", types("a-b<->c"));
    assertEquals("INTEGER RANGE INTEGER", types("10001..10003"));
    assertEquals("ADDRESS RANGE ADDRESS", types("10.1.0.11..10.1.0.40"));
    assertEquals("CIDR VERSION DECIMAL", types("10.0.0.0/8 1.8.3 1.8"));
    assertEquals("QUANTITY QUANTITY PERCENT TIME", types("6Gi 200/s 180% 04:00"));
    assertEquals("ADDRESS CIDR IDENTIFIER COLON INTEGER", types("fd00::1 ::/0 db:3306"));
    assertEquals("STRING OPEN_STRING", types("\"a\\\"b\" \"c"));
    assertEquals("IDENTIFIER MINUS INTEGER", types("a - 1"));
  }

  private static String types(String text) {
    GopsLexer lexer = new GopsLexer(CharStreams.fromString(text));
    return String.join(
        " ",
        lexer.getAllTokens().stream()
            .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
            .map(token -> GopsLexer.VOCABULARY.getSymbolicName(token.getType()))
            .toList());
  }

  @Test
  void aTextWithoutKeywordsParsesAsItIs() {
    String text = "game clx {\n  a = [1, 2]\n  b { c = { d = 1..3, e = x.y } }\n}\n";
    GopsParser parser =
        new GopsParser(new CommonTokenStream(new GopsLexer(CharStreams.fromString(text))));
    parser.file();
    assertEquals(0, parser.getNumberOfSyntaxErrors());
  }
}
