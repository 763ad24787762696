package io.gops.diagnostic;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises texts that look like a password or key, and hides them from everything that is shown.
public final class Credentials {
  /// Names whose value is a secret by their meaning; `DB_PASSWORD_FILE` only says where it is.
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(^|[_.-])(password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key"
              + "|private[_-]?key|credentials?)([_.-](?!file|path|dir|name)|$)");

  /// Forms that well-known issuers give to their keys, private keys, and passwords inside URLs.
  private static final Pattern FORM =
      Pattern.compile(
          "AKIA[0-9A-Z]{16}|LTAI[0-9A-Za-z]{12,}|gh[pousr]_[0-9A-Za-z]{20,}|glpat-[0-9A-Za-z_-]{16,}"
              + "|xox[abpr]-[0-9A-Za-z-]{10,}|eyJ[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]{10,}\\."
              + "|-----BEGIN [A-Z ]*PRIVATE KEY-----|://[^/\\s:@]*:(?!\\$\\{)[^/\\s@]+@");

  /// What stands for a value that is elsewhere: `$(DB_PASSWORD)`.
  private static final Pattern ELSEWHERE = Pattern.compile("\\$\\([A-Za-z_][A-Za-z0-9_]*\\)");

  /// A word of a command line that sets an option.
  private static final Pattern OPTION =
      Pattern.compile("--?([A-Za-z][\\w.-]*)=(.*)", Pattern.DOTALL);

  /// What the files of servers look like: `name = value`, `name: "value"`, `<name>value</name>`.
  /// A quote may stand behind the backslash that it has in a source.
  private static final Pattern LINE =
      Pattern.compile(
          "^\\s*(?:export\\s+)?(?:\\\\?[\"'])?([A-Za-z][\\w.-]*+)(?:\\\\?[\"'])?\\s*+[=:](.*)$"
              + "|<([A-Za-z][\\w.-]*+)>([^<]*)<");

  /// What is around the value in such a line.
  private static final Pattern AROUND = Pattern.compile("^[\\s\\\\\"']+|[\\s\\\\\"',;]+$");

  /// A value that the server takes from its environment: `${DB_PASSWORD}`, `$DB_PASSWORD`.
  private static final Pattern VARIABLE =
      Pattern.compile("\\$+(?:\\{[A-Za-z_]\\w*}|\\([A-Za-z_]\\w*\\)|[A-Za-z_]\\w*)");

  /// A name, if there is one, and the string that is given to it.
  private static final Pattern GIVEN =
      Pattern.compile("(?:([\\w.-]+)\\s*\\+?=\\s*)?\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"?");

  private Credentials() {}

  /// Why a text looks like a credential, whatever it is called.
  public static Optional<String> suspicion(String text) {
    if (FORM.matcher(text).find()) {
      return Optional.of("its form");
    }
    Matcher option = OPTION.matcher(text);
    return option.matches() ? suspicion(option.group(1), option.group(2)) : Optional.empty();
  }

  /// Why a text of that name looks like a credential.
  public static Optional<String> suspicion(String name, String text) {
    Optional<String> form = suspicion(text);
    return form.isEmpty()
            && NAME.matcher(name).find()
            && !text.isBlank()
            && !ELSEWHERE.matcher(text).matches()
        ? Optional.of("its name")
        : form;
  }

  /// To what a line of a file gives a text that looks like a credential.
  public static Optional<String> givenIn(String line) {
    Matcher given = LINE.matcher(line);
    if (!given.find()) {
      return Optional.empty();
    }
    String name = given.group(1) == null ? given.group(3) : given.group(1);
    String written = given.group(1) == null ? given.group(4) : given.group(2);
    String value = AROUND.matcher(written).replaceAll("");
    return VARIABLE.matcher(value).matches()
        ? Optional.empty()
        : suspicion(name, value).map(_ -> name);
  }

  /// A line of a source with the strings hidden that look like credentials. It stays as long as it
  /// was, so that columns stay what they were.
  public static String conceal(String line) {
    if (line.indexOf('"') < 0) {
      return line;
    }
    StringBuilder shown = new StringBuilder(line);
    String variable = "";
    String before = "";
    for (MatchResult given : GIVEN.matcher(line).results().toList()) {
      String name = given.group(1) == null ? "" : given.group(1);
      // Kubernetes writes a variable as { name = …, value = … }, and a command line has options.
      String option = before.startsWith("-") && !before.contains("=") ? before : "";
      String called = name.isEmpty() ? option : name.equals("value") ? variable : name;
      if (suspicion(called, given.group(2)).isPresent() || givenIn(given.group(2)).isPresent()) {
        hide(shown, given.start(2), given.end(2));
      }
      variable = name.equals("name") ? given.group(2) : variable;
      before = given.group(2);
    }
    return shown.toString();
  }

  /// A sentence that may quote a source, without what has the form of a credential.
  static String concealForms(String sentence) {
    Matcher forms = FORM.matcher(sentence);
    if (!forms.find()) {
      return sentence;
    }
    StringBuilder shown = new StringBuilder(sentence);
    do {
      hide(shown, forms.start(), forms.end());
    } while (forms.find());
    return shown.toString();
  }

  private static void hide(StringBuilder text, int from, int to) {
    text.replace(from, to, "*".repeat(to - from));
  }
}
