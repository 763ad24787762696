package io.gops.lint;

import io.gops.bind.Survey;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.source.Place;
import io.gops.syntax.Expression;
import io.gops.syntax.Item;
import io.gops.syntax.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// GOPS7008: the same numbers, written out in three or more declarations of one kind. Who changes
/// one of them will forget another.
final class RepeatedNumbers implements Rule {
  /// Twice may be chance.
  private static final int TOO_OFTEN = 3;

  /// Most names in a message.
  private static final int NAMED = 4;

  /// Declarations that people write many of, and that can be made from a template.
  private static final Set<String> KINDS =
      Set.of("zones", "pool", "hosts", "host", "gateway", "vpc", "release", "override");

  /// What is different by nature, or alike by nature.
  private static final Set<String> LEFT_OUT = Set.of("ids", "name", "underlay", "number", "mtu");

  /// An attribute of a kind with a value: `release ab_switch`, `waves.canary`, `3`.
  private record Key(String kind, String attribute, String value) {
    String said() {
      return attribute + " = " + value;
    }
  }

  /// A declaration that says it.
  private record Sayer(String title, Place head, Place said) {}

  @Override
  public void judge(Subject subject, Consumer<Diagnostic.Builder> report) {
    Map<Key, List<Sayer>> found = new LinkedHashMap<>();
    for (Survey.File file : subject.files()) {
      for (Item.Declaration declaration : file.tree().declarations()) {
        if (!declaration.kind().text().equals("template")) {
          new Walk(file, found).declaration(declaration, "");
        }
      }
    }
    Map<List<Place>, List<Key>> together = new LinkedHashMap<>();
    found.forEach(
        (key, sayers) -> {
          if (sayers.size() >= TOO_OFTEN) {
            List<Place> heads = sayers.stream().map(Sayer::head).toList();
            together.computeIfAbsent(heads, _ -> new ArrayList<>()).add(key);
          }
        });
    together.values().forEach(keys -> report.accept(repeated(keys, found)));
  }

  private static Diagnostic.Builder repeated(List<Key> keys, Map<Key, List<Sayer>> found) {
    List<Sayer> sayers = found.getOrDefault(keys.getFirst(), List.of());
    List<String> titles = sayers.stream().map(Sayer::title).toList();
    String first = String.join(", ", titles.subList(0, Math.min(NAMED, titles.size())));
    String who = keys.getFirst().kind() + " " + first;
    Diagnostic.Builder problem =
        Diagnostic.of(
                Code.GOPS7008,
                sayers.size(),
                titles.size() > NAMED ? who + ", …" : who,
                String.join(", ", keys.stream().map(Key::said).toList()))
            .at(sayers.getFirst().said())
            .hint("hint");
    sayers.stream().skip(1).limit(NAMED).forEach(sayer -> problem.also(sayer.said()));
    return problem;
  }

  /// Collects the numbers of the declarations of one file.
  private record Walk(Survey.File file, Map<Key, List<Sayer>> found) {
    /// @param around the kind of the declaration around it; overrides differ by it
    void declaration(Item.Declaration declaration, String around) {
      String word = declaration.kind().text();
      String kind = word.equals("override") ? around + " override" : word;
      if (KINDS.contains(word)) {
        numbers(declaration, kind, title(declaration), "", declaration.items());
      }
      for (Item item : declaration.items()) {
        if (item instanceof Item.Declaration inner) {
          declaration(inner, word);
        }
      }
    }

    private String title(Item.Declaration declaration) {
      Label last = declaration.labels().isEmpty() ? null : declaration.labels().getLast();
      return last == null ? declaration.kind().text() : file.tree().place(last).text();
    }

    private void numbers(
        Item.Declaration sayer, String kind, String title, String prefix, List<Item> items) {
      for (Item item : items) {
        switch (item) {
          case Item.Assignment assignment -> number(sayer, kind, title, prefix, assignment);
          case Item.Declaration inner when !KINDS.contains(inner.kind().text()) ->
              numbers(sayer, kind, title, prefix + inner.kind() + ".", inner.items());
          case Item _ -> {}
        }
      }
    }

    private void number(
        Item.Declaration sayer,
        String kind,
        String title,
        String prefix,
        Item.Assignment assignment) {
      String attribute = assignment.path().text();
      if (isTelling(assignment.value()) && !LEFT_OUT.contains(attribute)) {
        String value = file.tree().place(assignment.value()).text().replaceAll("\\s+", " ");
        found
            .computeIfAbsent(new Key(kind, prefix + attribute, value), _ -> new ArrayList<>())
            .add(new Sayer(title, file.tree().place(sayer.head()), file.tree().place(assignment)));
      }
    }

    /// A number that somebody chose; 0, 1 and 100 % choose themselves.
    private static boolean isTelling(Expression value) {
      return switch (value) {
        case Expression.Int(_, String digits) -> digits.length() > 1;
        case Expression.Percent(_, String number) -> !Set.of("0", "100").contains(number);
        case Expression.Quantity _, Expression.PointList _ -> true;
        case Expression _ -> false;
      };
    }
  }
}
