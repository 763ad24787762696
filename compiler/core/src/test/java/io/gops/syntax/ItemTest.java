package io.gops.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemTest {
  private static Item.Declaration declaration(String text) {
    Parsed parsed = Parsed.of(text);
    assertEquals("", parsed.report());
    assertEquals(1, parsed.tree().items().size());
    return (Item.Declaration) parsed.tree().items().getFirst();
  }

  private static String labels(Item.Declaration declaration) {
    return String.join(
        " ",
        declaration.labels().stream()
            .map(
                label ->
                    switch (label) {
                      case Label.Named named -> named.text();
                      case Label.Quoted quoted ->
                          '"' + quoted.value().constant().orElseThrow() + '"';
                      case Label.Numbers numbers -> numbers.value().getClass().getSimpleName();
                    })
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "game clx { } | game | clx | ",
        "release ab_switch clx-1-8-4 {} | release | ab_switch clx-1-8-4 | ",
        "version \"1.8.3-hot1\" from \"1.8.3\" { a = 1 } | version | \"1.8.3-hot1\" | 1.8.3",
        "override 10001..10003 { importance = 1 } | override | Range | ",
        "override 10007 { players = 5200 } | override | Int | ",
        "hosts 1..30 step 2 except [3] { } | hosts | Range | ",
        "template zones Standard { required players } | template | zones Standard | ",
        "zones x from std.Standard { } | zones | x | std.Standard",
        "reload inotify | reload | inotify | ",
        "env { A = secret.db.password } | env | ## | ",
        "from { } | from | ## | ",
        "allow { } | allow | ## | ",
        "step x from y | step | x | y",
      })
  void declarations(String text, String kind, String labels, String base) {
    Item.Declaration declaration = declaration(text);
    assertEquals(kind, declaration.kind().text());
    assertEquals(labels, labels(declaration));
    assertEquals(Optional.ofNullable(base), declaration.base().map(Path::text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "players = 3 | players SET",
        "hosts += [1] | hosts APPEND",
        "clx-main.10001..10003.players = 3 | clx-main.10001..10003.players SET",
        "\"app.kubernetes.io/name\" = 3 | app.kubernetes.io/name SET",
        "allow = 3 | allow SET",
        "required = 3 | required SET",
        "import = 3 | import SET",
        "expect.not = 3 | expect.not SET",
      })
  void assignments(String text, String expected) {
    Parsed parsed = Parsed.of(text);
    assertEquals("", parsed.report());
    Item.Assignment assignment = (Item.Assignment) parsed.tree().items().getFirst();
    assertEquals(expected, assignment.path() + " " + assignment.operator());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "allow internet -> clx.engine:client | verdict=ALLOW, from=Endpoint[path=internet, port=-], both=false, to=Endpoint[path=clx.engine, port=Optional[Named[text=client]]]",
        "deny clx.a <-> db:3306 | verdict=DENY, from=Endpoint[path=clx.a, port=-], both=true, to=Endpoint[path=db, port=Optional[Numbers[first=3306, last=3306]]]",
        "allow a -> b:1..9 | verdict=ALLOW, from=Endpoint[path=a, port=-], both=false, to=Endpoint[path=b, port=Optional[Numbers[first=1, last=9]]]",
        "allow a->b | verdict=ALLOW, from=Endpoint[path=a, port=-], both=false, to=Endpoint[path=b, port=-]",
      })
  void rules(String text, String expected) {
    assertEquals("Rule[doc=-, annotations=[], " + expected + "]", Parsed.of(text).item());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "expect a -> b:c | ExpectReachable[doc=-, annotations=[], expected=true, from=Endpoint[path=a, port=-], to=Endpoint[path=b, port=Optional[Named[text=c]]]]",
        "expect not vpc.a -> vpc.b | ExpectReachable[doc=-, annotations=[], expected=false, from=Endpoint[path=vpc.a, port=-], to=Endpoint[path=vpc.b, port=-]]",
        "expect fits | ExpectProperty[doc=-, annotations=[], expected=true, property=fits, arguments=[]]",
        "expect fits { failed_hosts = 2 } | ExpectProperty[doc=-, annotations=[], expected=true, property=fits, arguments=[Assignment[doc=-, annotations=[], path=failed_hosts, operator=SET, value=Int[digits=2]]]]",
      })
  void expectations(String text, String expected) {
    assertEquals(expected, Parsed.of(text).item());
  }

  @Test
  void importsAndConstants() {
    SyntaxTree tree =
        Parsed.of("import \"std/a.gops\"\nimport \"b.gops\" as b\n/// Tick.\nconst t = 2s").tree();
    assertEquals(
        List.of("std/a.gops", "b.gops"),
        tree.imports().stream().map(i -> i.path().constant().orElseThrow()).toList());
    assertEquals(Optional.of("b"), tree.imports().get(1).alias().map(Name::text));
    assertEquals("t", tree.consts().getFirst().name().text());
    assertEquals("Tick.", tree.consts().getFirst().doc().orElseThrow().text());
  }

  @Test
  void bodiesSeparateByCommaOrNewLine() {
    Item.Declaration declaration =
        declaration("a {\n  b = 1, c = 2\n  d { }, e f { g = 1 },\n\n  required h\n}");
    assertEquals(5, declaration.items().size());
  }

  @Test
  void docCommentsBelongToTheItemBelow() {
    Item.Declaration declaration =
        declaration("/// Zones.\n///  楚留香  \n@a\ngame clx {\n  x = 1 /// not me\n  y = 2\n}");
    assertEquals("Zones.\n 楚留香", declaration.doc().orElseThrow().text());
    assertTrue(((Item.Assignment) declaration.items().get(1)).doc().isEmpty());
    assertTrue(declaration("/// far\n\ngame clx {\n}").doc().isEmpty());
    assertTrue(declaration("// plain\ngame clx {\n}").doc().isEmpty());
  }

  @Test
  void annotationsStandBeforeTheItem() {
    Item.Declaration declaration =
        declaration(
            "@overridable @suppress(\"GOPS3012\",\n  reason = \"tested\", until = \"2027-01-31\")\n"
                + "zones a {\n  @overridable players = 3\n}");
    assertEquals(
        List.of("overridable", "suppress"),
        declaration.annotations().stream().map(a -> a.name().text()).toList());
    List<Annotation.Argument> arguments = declaration.annotations().get(1).arguments();
    assertEquals(
        List.of("", "reason", "until"),
        arguments.stream().map(a -> a.name().map(Name::text).orElse("")).toList());
    assertEquals(1, ((Item.Assignment) declaration.items().getFirst()).annotations().size());
  }

  @Test
  void spansCoverTheTextOfTheirNode() {
    String text = "/// Doc.\nzones x from Standard {\n  players = 3000 // many\n}\n";
    SyntaxTree tree = Parsed.of(text).tree();
    Item.Declaration zones = tree.declarations().getFirst();
    Item.Assignment players = (Item.Assignment) zones.items().getFirst();
    assertEquals("zones x", tree.file().text(zones.head()));
    assertEquals(text.substring(9).stripTrailing(), tree.file().text(zones.span()));
    assertEquals("players = 3000", tree.file().text(players.span()));
    assertEquals("3000", tree.file().text(players.value().span()));
  }

  @Test
  void theTokensAreTheText() {
    String text = "\uFEFFgame  clx {\r\n\t/* a\n b */ x = \"楚\" // c\r}\n$";
    SyntaxTree tree = Parsed.of(text).tree();
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < tree.tokens().size(); i++) {
      joined.append(tree.tokens().text(i));
    }
    assertEquals(text, joined.toString());
  }

  @Test
  void lineEndsOfEverySystemSeparate() {
    String text = "a = 1\nb {\n  c = 2\n}\n";
    String meaning = Parsed.of(text).meaning();
    assertEquals(meaning, Parsed.of(text.replace("\n", "\r\n")).meaning());
    assertEquals(meaning, Parsed.of(text.replace("\n", "\r")).meaning());
    assertEquals(meaning, Parsed.of("\uFEFF" + text).meaning());
  }
}
