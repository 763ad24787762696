package io.gops.adoption;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lines of a source that are to say the same for many sets.
///
/// Texts of manifests hold the number of a zone and the letter of a side where the source has
/// `${zone.id}` and `${side}`. Each text is kept in both spellings, as it was read and with the
/// places, until all sets were seen: then the spelling that is right for all of them is written.
final class Wording {
  private static final Pattern SIDE = Pattern.compile("(?<![A-Za-z0-9])[ab](?![A-Za-z0-9])");

  private final Optional<Pattern> number;
  private final String side;
  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder fixed = new StringBuilder();

  /// @param number of the zone that the texts are from, if it keeps it
  /// @param side `a`, `b` or nothing
  Wording(Optional<Integer> number, String side) {
    this.number = number.map(n -> Pattern.compile("(?<![0-9])" + n + "(?![0-9])"));
    this.side = side;
  }

  /// Lines in which no text stands for anything else.
  Wording() {
    this(Optional.empty(), "");
  }

  private Wording(List<Piece> pieces) {
    this();
    this.pieces.addAll(pieces);
  }

  /// A part of the lines.
  private sealed interface Piece {
    /// The same for every set.
    record Fixed(String text) implements Piece {}

    /// A string literal.
    ///
    /// @param asRead absent when sets differ
    /// @param asPlaces absent when sets differ in more than number and side
    record Literal(Optional<String> asRead, Optional<String> asPlaces) implements Piece {}
  }

  /// Words that are no text of a manifest.
  Wording say(String words) {
    fixed.append(words);
    return this;
  }

  /// A text of the manifest as a string literal in which number and side may be places.
  Wording text(String text) {
    flush();
    pieces.add(new Piece.Literal(Optional.of(Spelled.quoted(text)), Optional.of(withPlaces(text))));
    return this;
  }

  /// Texts of the manifest as a list.
  Wording texts(List<String> texts) {
    say("[");
    for (int i = 0; i < texts.size(); i++) {
      say(i == 0 ? "" : ", ").text(texts.get(i));
    }
    return say("]");
  }

  /// Lines of another wording of the same set.
  Wording add(Wording other) {
    other.flush();
    flush();
    pieces.addAll(other.pieces);
    return this;
  }

  private void flush() {
    if (!fixed.isEmpty()) {
      pieces.add(new Piece.Fixed(fixed.toString()));
      fixed.setLength(0);
    }
  }

  private String withPlaces(String text) {
    StringBuilder spelled = new StringBuilder();
    int from = 0;
    Optional<Matcher> found = number.map(pattern -> pattern.matcher(text));
    while (found.isPresent() && found.get().find()) {
      Matcher numbers = found.get();
      if (isDollar(text, numbers.start())) {
        continue;
      }
      spelled.append(sides(text.substring(from, numbers.start()))).append("${zone.id}");
      from = numbers.end();
    }
    spelled.append(sides(text.substring(from)));
    return "\"" + spelled + "\"";
  }

  /// Whether a place at this index would follow a dollar, which makes a text of it.
  private static boolean isDollar(String text, int index) {
    return index > 0 && text.charAt(index - 1) == '$';
  }

  private String sides(String text) {
    if (side.isEmpty()) {
      return Spelled.inside(text);
    }
    StringBuilder spelled = new StringBuilder();
    Matcher letters = SIDE.matcher(text);
    int from = 0;
    while (letters.find()) {
      if (letters.group().equals(side) && !isDollar(text, letters.start())) {
        spelled.append(Spelled.inside(text.substring(from, letters.start()))).append("${side}");
        from = letters.end();
      }
    }
    return spelled.append(Spelled.inside(text.substring(from))).toString();
  }

  /// What says both; absent when one source cannot.
  Optional<Wording> with(Wording other) {
    flush();
    other.flush();
    if (pieces.size() != other.pieces.size()) {
      return Optional.empty();
    }
    List<Piece> both = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      Optional<Piece> piece = both(pieces.get(i), other.pieces.get(i));
      if (piece.isEmpty()) {
        return Optional.empty();
      }
      both.add(piece.get());
    }
    return Optional.of(new Wording(both));
  }

  private static Optional<Piece> both(Piece one, Piece other) {
    if (one.equals(other)) {
      return Optional.of(one);
    }
    if (one instanceof Piece.Literal(Optional<String> read, Optional<String> places)
        && other
            instanceof Piece.Literal(Optional<String> otherRead, Optional<String> otherPlaces)) {
      Optional<String> same = read.filter(text -> otherRead.filter(text::equals).isPresent());
      Optional<String> general =
          places.filter(text -> otherPlaces.filter(text::equals).isPresent());
      return same.isPresent() || general.isPresent()
          ? Optional.of(new Piece.Literal(same, general))
          : Optional.empty();
    }
    return Optional.empty();
  }

  /// The lines. A text that is the same everywhere is written as it was read.
  String written() {
    flush();
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Fixed(String words) -> text.append(words);
        case Piece.Literal(Optional<String> asRead, Optional<String> asPlaces) ->
            text.append(asRead.or(() -> asPlaces).orElse("\"\""));
      }
    }
    return text.toString();
  }
}
