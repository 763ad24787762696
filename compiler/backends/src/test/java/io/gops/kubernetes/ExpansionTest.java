package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is escaped comes out of Kubernetes' expansion as it was written; what names a declared
/// variable comes out as its value.
class ExpansionTest {
  /// How Kubernetes documents it: `$$` is `$`, `$(NAME)` the value of a variable that exists.
  private static String expanded(String text, Map<String, String> variables) {
    Matcher found = Pattern.compile("\\$\\$|\\$\\(([^)]*)\\)").matcher(text);
    return found.replaceAll(
        match ->
            Matcher.quoteReplacement(
                match.group().equals("$$")
                    ? "$"
                    : variables.getOrDefault(match.group(1), match.group())));
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "$(HOME), $(HOME)",
    "$$(HOME), $$(HOME)",
    "--password=$(PW), --password=hunter2",
    "$(PW)$(HOME)$, hunter2$(HOME)$",
    "$$(PW), $$(PW)",
    "$(PW, $(PW",
    "a$b$$c, a$b$$c"
  })
  void comesOutAsMeant(String written, String meant) {
    String escaped = Expansion.escape(written, Set.of("PW"));
    assertEquals(meant, expanded(escaped, Map.of("PW", "hunter2", "HOME", "wrong")));
  }
}
