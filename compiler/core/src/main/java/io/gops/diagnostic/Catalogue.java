package io.gops.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of every message in one language.
///
/// A text has `{0}`, `{1}` … where the arguments stand, and `{0|host|hosts}` for the word that goes
/// with a number; every other character, quotes and braces among them, means itself. A key that a
/// translation lacks is read in English. Arguments come in English too: those that are one of the
/// [Phrases] are translated.
public final class Catalogue {
  private static final Map<Language, Catalogue> CATALOGUES = new ConcurrentHashMap<>();
  private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)(?:\\|([^|}]*)\\|([^|}]*))?\\}");

  private final Properties texts;
  private final Phrases phrases;

  private Catalogue(Properties texts, Phrases phrases) {
    this.texts = texts;
    this.phrases = phrases;
  }

  public static Catalogue of(Language language) {
    return CATALOGUES.computeIfAbsent(language, Catalogue::read);
  }

  private static Catalogue read(Language language) {
    Properties english = read(Language.ENGLISH, new Properties());
    return switch (language) {
      case ENGLISH -> new Catalogue(english, Phrases.NONE);
      case CHINESE -> {
        Properties chinese = read(language, new Properties(english));
        yield new Catalogue(chinese, Phrases.of(english, chinese));
      }
    };
  }

  /// The sentence.
  ///
  /// @throws IllegalArgumentException when no language has the key: a bug, found by the test that
  ///     looks every code up
  public String text(Message message) {
    String pattern = texts.getProperty(message.key());
    if (pattern == null) {
      throw new IllegalArgumentException("no text for message " + message.key());
    }
    return Credentials.concealForms(
        fill(pattern, message.arguments().stream().map(phrases::translate).toList()));
  }

  public boolean has(String key) {
    return texts.getProperty(key) != null;
  }

  /// The sentence with `…` in place of each argument, for speaking of a message in general.
  public String outline(String key) {
    return text(new Message(key, Collections.nCopies(10, "…")));
  }

  static String fill(String pattern, List<String> arguments) {
    StringBuilder filled = new StringBuilder(pattern.length() + 32);
    int at = 0;
    while (at < pattern.length()) {
      int open = pattern.indexOf('{', at);
      int close = open < 0 ? -1 : pattern.indexOf('}', open);
      if (close < 0) {
        break;
      }
      Matcher argument = ARGUMENT.matcher(pattern).region(open, close + 1);
      if (!argument.matches() || Integer.parseInt(argument.group(1)) >= arguments.size()) {
        filled.append(pattern, at, open + 1);
        at = open + 1;
      } else {
        filled.append(pattern, at, open).append(filling(argument, arguments));
        at = close + 1;
      }
    }
    return filled.append(pattern, at, pattern.length()).toString();
  }

  private static String filling(Matcher argument, List<String> arguments) {
    String value = arguments.get(Integer.parseInt(argument.group(1)));
    if (argument.group(2) == null) {
      return value;
    }
    return value.equals("1") ? argument.group(2) : argument.group(3);
  }

  private static Properties read(Language language, Properties into) {
    String name = "messages." + language.tag() + ".properties";
    try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
      if (in != null) {
        into.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
      return into;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
