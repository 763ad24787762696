package io.gops.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.schema.Attribute;
import io.gops.schema.Kind;
import io.gops.schema.Schema;
import io.gops.schema.TextShape;
import io.gops.schema.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Arguments that are words speak the language of the message around them.
class PhrasesTest {
  private final Catalogue chinese = Catalogue.of(Language.CHINESE);

  private String said(String argument) {
    return chinese.text(Message.of("GOPS2028", "x", argument)).replace("x 在这里是 ", "");
  }

  private static Stream<Kind> below(Kind kind) {
    return Stream.concat(
        Stream.of(kind),
        Stream.concat(kind.variants().values().stream(), kind.nested().values().stream())
            .flatMap(PhrasesTest::below));
  }

  @Test
  void everythingAnAttributeCanHoldIsTranslated() {
    Stream<String> types =
        Schema.language().kinds().values().stream()
            .flatMap(PhrasesTest::below)
            .flatMap(kind -> kind.attributes().values().stream())
            .map(Attribute::type)
            .map(Type::describe);
    Stream<String> shapes = Arrays.stream(TextShape.values()).map(TextShape::description);
    List<String> untranslated =
        Stream.concat(types, shapes)
            .filter(description -> said(description).matches(".*\\b(an?|the|of|or|with|from) .*"))
            .distinct()
            .toList();
    assertEquals(List.of(), untranslated);
  }

  @Test
  void phrasesStandInPhrases() {
    assertEquals("列表，每个元素是：1 到 65535 的整数", said("a list, each a whole number from 1 to 65535"));
    assertEquals("从数字 1到数字 9的范围", said("a range from the number 1 to the number 9"));
  }

  @Test
  void otherTextsStay() {
    assertEquals("clx-main", said("clx-main"));
    assertEquals("a listing", said("a listing"));
  }
}
