package io.gops.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What arguments of messages say in words, such as `a list of points`, and the same in another
/// language. The catalogues have them under keys that begin with `phrase.`.
final class Phrases {
  static final Phrases NONE = new Phrases(Map.of(), List.of());

  private static final String KEY = "phrase.";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

  private final Map<String, String> whole;
  private final List<Form> forms;

  private Phrases(Map<String, String> whole, List<Form> forms) {
    this.whole = Map.copyOf(whole);
    this.forms = List.copyOf(forms);
  }

  /// A phrase with placeholders.
  ///
  /// @param words how many characters are its own: of two that match, the one that says more
  private record Form(Pattern english, String translation, int words) {}

  static Phrases of(Properties english, Properties translated) {
    Map<String, String> whole = new HashMap<>();
    List<Form> forms = new ArrayList<>();
    for (String key : english.stringPropertyNames()) {
      if (key.startsWith(KEY)) {
        String phrase = english.getProperty(key);
        if (PLACEHOLDER.matcher(phrase).find()) {
          forms.add(form(phrase, translated.getProperty(key)));
        } else {
          whole.put(phrase, translated.getProperty(key));
        }
      }
    }
    forms.sort(
        Comparator.comparingInt(Form::words)
            .reversed()
            .thenComparing(form -> form.english().pattern()));
    return new Phrases(whole, forms);
  }

  /// Placeholders stand in the order of their numbers.
  private static Form form(String phrase, String translation) {
    List<String> words = List.of(PLACEHOLDER.split(phrase, -1));
    String expression = String.join("(.+)", words.stream().map(Pattern::quote).toList());
    return new Form(
        Pattern.compile(expression, Pattern.DOTALL),
        translation,
        words.stream().mapToInt(String::length).sum());
  }

  /// The phrase in the other language; a text that is none stays as it is.
  String translate(String text) {
    String known = whole.get(text);
    if (known != null) {
      return known;
    }
    for (Form form : forms) {
      Matcher matcher = form.english().matcher(text);
      if (matcher.matches()) {
        List<String> parts = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
          parts.add(translate(matcher.group(group)));
        }
        return Catalogue.fill(form.translation(), parts);
      }
    }
    return text;
  }
}
