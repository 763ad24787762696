package io.gops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.syntax.Parsed;
import io.gops.syntax.TokenKind;
import io.gops.syntax.Tokens;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FormatterProperties {
  @Provide
  Arbitrary<String> disarranged() throws IOException {
    return Combinators.combine(Arbitraries.of(FormatterTest.texts().values()), Arbitraries.longs())
        .as((text, seed) -> disarrange(text, new Random(seed)));
  }

  /// The text with its white space changed at random; comments and line structure put in, too.
  private static String disarrange(String text, Random random) {
    Tokens tokens = Parsed.of(text).tree().tokens();
    String lineEnd = new String[] {"\n", "\r\n", "\r"}[random.nextInt(3)];
    StringBuilder changed = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.kind(i)) {
        case SPACE -> changed.append(blanks(random, 1));
        case NEWLINE -> {
          changed.append(random.nextInt(8) == 0 ? blanks(random, 1) + "// 注 {" : blanks(random, 0));
          changed.repeat(lineEnd, 1 + random.nextInt(3) / 2).append(blanks(random, 0));
        }
        case LINE_COMMENT,
            BLOCK_COMMENT,
            DOC_COMMENT,
            IDENTIFIER,
            STRING,
            NUMBER,
            ADDRESS,
            TIME,
            PUNCTUATION,
            UNKNOWN ->
            changed.append(tokens.text(i));
      }
    }
    return changed.toString();
  }

  private static String blanks(Random random, int least) {
    return (random.nextInt(9) == 0 ? "\t" : " ").repeat(least + random.nextInt(4));
  }

  @Property(tries = 300)
  void formattingIsIdempotent(@ForAll("disarranged") String text) {
    String once = FormatterTest.format(text);
    assertEquals(once, FormatterTest.format(once));
  }

  @Property(tries = 300)
  void formattingChangesOnlyWhiteSpace(@ForAll("disarranged") String text) {
    String formatted = FormatterTest.format(text);
    assertEquals(words(text), words(formatted));
    assertEquals(Parsed.of(text).meaning(), Parsed.of(formatted).meaning());
  }

  private static String words(String text) {
    Tokens tokens = Parsed.of(text).tree().tokens();
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.kind(i) != TokenKind.SPACE && tokens.kind(i) != TokenKind.NEWLINE) {
        words.append(tokens.text(i).stripTrailing()).append('\n');
      }
    }
    return words.toString();
  }
}
