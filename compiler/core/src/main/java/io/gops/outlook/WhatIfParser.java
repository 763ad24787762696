package io.gops.outlook;

import io.gops.diagnostic.Spelling;
import io.gops.fleet.Percent;
import io.gops.fleet.Resource;
import io.gops.outlook.WhatIf.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads changes from a command line: `SUBJECT [of NAME] VALUE`, with commas between several.
public final class WhatIfParser {
  /// The grammar, for people who ask for help.
  public static final List<String> GRAMMAR =
      List.of(
          "players [of ZONES|GAME|POOL|ZONE] +20%",
          "cpu|memory|… per player [of GAME] -5%",
          "keeps_after_logout [of GAME] 60%",
          "hosts of POOL +3",
          "per_host [of RELEASE] 2",
          "margin cpu|memory|… [of POOL] 5%");

  private static final Pattern CHANGE =
      Pattern.compile(
          "(?<subject>[a-z_ ]+?)(?: of (?<of>[^\\s,]+))? ?"
              + "(?<sign>[+=-]?) ?(?<number>\\d{1,6}) ?(?<percent>%?)");

  private static final String PER_PLAYER = " per player";
  private static final String MARGIN = "margin ";

  /// Changes above this are slips of the finger.
  private static final long MOST_PERCENT = 100_000;

  private WhatIfParser() {}

  /// What a text asks for, or why it is not understood.
  public sealed interface Parsed {
    /// It is understood.
    record Changes(List<Change> changes) implements Parsed {
      public Changes {
        changes = List.copyOf(changes);
      }
    }

    /// It is not.
    record Wrong(String why) implements Parsed {}
  }

  /// One subject with its value, before it is known whether they go together.
  private record Words(
      String text, String subject, Optional<String> of, String sign, long number, boolean percent) {
    Optional<Long> relative() {
      long to = sign.equals("+") ? 100 + number : 100 - number;
      boolean isRelative = percent && (sign.equals("+") || sign.equals("-"));
      return isRelative && to >= 0 && to <= MOST_PERCENT ? Optional.of(to) : Optional.empty();
    }

    Optional<Percent> share() {
      boolean isShare = percent && (sign.isEmpty() || sign.equals("=")) && number <= 100;
      return isShare ? Optional.of(new Percent(100 * number)) : Optional.empty();
    }

    Optional<Integer> count() {
      boolean isCount = !percent && (sign.isEmpty() || sign.equals("=")) && number > 0;
      return isCount ? Optional.of((int) number) : Optional.empty();
    }

    Optional<Integer> more() {
      boolean isMore = !percent && (sign.equals("+") || sign.equals("-"));
      return isMore ? Optional.of((int) (sign.equals("+") ? number : -number)) : Optional.empty();
    }
  }

  /// The changes that a text asks for.
  public static Parsed parse(String text) {
    List<Change> changes = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String change = part.strip().replaceAll("\\s+", " ");
      Matcher matcher = CHANGE.matcher(change);
      if (!matcher.matches()) {
        return new Parsed.Wrong(unlike(change));
      }
      Words words =
          new Words(
              change,
              matcher.group("subject").strip(),
              Optional.ofNullable(matcher.group("of")),
              matcher.group("sign"),
              Long.parseLong(matcher.group("number")),
              !matcher.group("percent").isEmpty());
      if (!subjects().contains(words.subject())) {
        return new Parsed.Wrong(unknown(words.subject()));
      }
      Optional<Change> understood = change(words);
      if (understood.isEmpty()) {
        return new Parsed.Wrong(unlike(change));
      }
      changes.add(understood.get());
    }
    return new Parsed.Changes(changes);
  }

  private static Optional<Change> change(Words words) {
    String subject = words.subject();
    if (subject.endsWith(PER_PLAYER)) {
      Resource resource = resource(subject.substring(0, subject.length() - PER_PLAYER.length()));
      return words.relative().map(to -> new Change.PerPlayer(resource, words.of(), to));
    }
    if (subject.startsWith(MARGIN)) {
      Resource resource = resource(subject.substring(MARGIN.length()));
      return words.share().map(share -> new Change.Margin(resource, words.of(), share));
    }
    return switch (subject) {
      case "players" -> words.relative().map(to -> new Change.Players(words.of(), to));
      case "keeps_after_logout" ->
          words.share().map(share -> new Change.KeepsAfterLogout(words.of(), share));
      case "hosts" ->
          words.more().flatMap(more -> words.of().map(pool -> new Change.Hosts(pool, more)));
      case "per_host" -> words.count().map(groups -> new Change.PerHost(words.of(), groups));
      default -> Optional.empty();
    };
  }

  private static Resource resource(String word) {
    for (Resource resource : Resource.values()) {
      if (resource.word().equals(word)) {
        return resource;
      }
    }
    throw new IllegalStateException("subjects() knows only resources");
  }

  private static Set<String> subjects() {
    Set<String> subjects =
        new TreeSet<>(Set.of("players", "keeps_after_logout", "hosts", "per_host"));
    for (Resource resource : Resource.values()) {
      subjects.add(resource.word() + PER_PLAYER);
      subjects.add(MARGIN + resource.word());
    }
    return subjects;
  }

  private static String unknown(String subject) {
    return "'"
        + subject
        + "' cannot be changed"
        + Spelling.nearest(subject, subjects())
            .map(near -> "; did you mean " + near + "?")
            .orElse(": it is one of " + String.join(", ", subjects()));
  }

  /// The form of the grammar that begins with the same word, or all of them.
  private static String unlike(String change) {
    int space = change.indexOf(' ');
    String first = space < 0 ? change : change.substring(0, space);
    return "'"
        + change
        + "' is not like "
        + GRAMMAR.stream()
            .filter(form -> form.startsWith(first) && !first.isEmpty())
            .findFirst()
            .map(form -> "'" + form + "'")
            .orElseGet(() -> "'" + String.join("', '", GRAMMAR) + "'");
  }
}
