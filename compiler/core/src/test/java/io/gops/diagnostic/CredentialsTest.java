package io.gops.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gops.bind.FleetLoader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What looks like a credential is an error wherever a text may stand, and is shown nowhere.
class CredentialsTest {
  private static final String KEY = "AKIA0123456789ABCDEF";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "game go { container e { env { DB_PASSWORD = \"SECRET\" } } }",
        "game go { container e { args = [\"--db-password=SECRET\"] } }",
        "game go { container e { args = [\"--token\", \"SECRET\"] } }",
        "game go { container e { config \"/a.conf\" { lines = [\"db_password = SECRET\"] } } }",
        "game go { container e { config \"/a.json\" { lines = [\"\\\"token\\\": \\\"SECRET\\\",\"] } } }",
        "game go { container e { config \"/a.xml\" { lines = [\"<passwd>SECRET</passwd>\"] } } }",
        "game go { container e { config \"/a.env\" { lines = [\"export API_KEY='SECRET'\"] } } }",
        "game go { expose c { network = X, parameters { access_key = \"SECRET\" } } }",
        "const registry_token = \"SECRET\"",
        "game go { display = \"AKIA0123456789ABCDEF\" }",
        "const where = \"https://user:SECRET@example.com\"",
        "game go { patch kubernetes Pod { spec.x = [{ name = \"API_KEY\", value = \"SECRET\" }] } }",
        "game go { patch kubernetes Pod { metadata.annotations.token = \"SECRET\" } }",
        "game go { container e { env { DB_PASSWORD = \"SECRET\" } }, displai = \"x\" }",
      })
  void isAnErrorAndHidden(String text) {
    Diagnostics diagnostics = new Diagnostics();
    FleetLoader.load(Map.of("a.gops", text), "a.gops", diagnostics);
    List<Diagnostic> found = diagnostics.sorted();
    assertEquals(
        1, found.stream().filter(d -> d.code() == Code.GOPS2037).count(), found.toString());
    Catalogue catalogue = Catalogue.of(Language.ENGLISH);
    String shown =
        new TextReport(catalogue, Palette.PLAIN).print(found)
            + found.stream()
                .flatMap(d -> Stream.concat(Stream.of(d.message()), d.hint().stream()))
                .map(catalogue::text)
                .toList();
    assertFalse(shown.contains("SECRET") || shown.contains(KEY), shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "game go { container e { args = [\"--password=$(DB_PASSWORD)\"] } }",
        "game go { container e { args = [\"--tokens\", \"12\"] } }",
        "game go { container e { config \"/a.conf\" { lines = [\"password = $${DB_PASSWORD}\"] } } }",
        "game go { container e { config \"/a.conf\" { lines = [\"password_file = /run/db\"] } } }",
        "game go { container e { config \"/a.conf\" { lines = [\"# token: from the environment\"] } } }",
        "game go { container e { args = [\"--password-file=/run/x\", \"--secret\"] } }",
      })
  void isNone(String text) {
    Diagnostics diagnostics = new Diagnostics();
    FleetLoader.load(Map.of("a.gops", text), "a.gops", diagnostics);
    assertEquals(0, diagnostics.sorted().stream().filter(d -> d.code() == Code.GOPS2037).count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a = \"b\" | a = \"b\"",
        "password = \"abc\", a = \"b\" | password = \"***\", a = \"b\"",
        "env.DB_TOKEN = \"abc\" | env.DB_TOKEN = \"***\"",
        "x = [\"" + KEY + "\"] | x = [\"********************\"]",
        "{ name = \"API_KEY\", value = \"abc\" } | { name = \"API_KEY\", value = \"***\" }",
        "password = \"a\\\"b\" // c | password = \"****\" // c",
        "password = \"open | password = \"****",
      })
  void aLineIsShownAsLongAsItWas(String line, String shown) {
    assertEquals(shown, Credentials.conceal(line));
  }

  @Test
  void aSentenceThatQuotesOne() {
    assertEquals("x is ********************", Credentials.concealForms("x is " + KEY));
  }
}
