package io.gops.diagnostic;

import io.gops.source.Origin;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One thing the compiler has to say about the source, the lock, the state or its output.
///
/// @param code the stable code; its catalogue entry is the message
/// @param severity usually that of the code
/// @param place what to underline; absent when no text is to blame (a full disk)
/// @param message the sentence
/// @param related the other places involved
/// @param hint what to do about it
/// @param fixes changes that a tool can apply
public record Diagnostic(
    Code code,
    Severity severity,
    Optional<Place> place,
    Message message,
    List<Related> related,
    Optional<Message> hint,
    List<Fix> fixes) {

  public Diagnostic {
    related = List.copyOf(related);
    fixes = List.copyOf(fixes);
  }

  /// Starts a diagnostic of `code`; `arguments` fill the code's message.
  public static Builder of(Code code, Object... arguments) {
    return new Builder(code, Message.of(code.name(), arguments));
  }

  /// The same diagnostic with other fixes.
  public Diagnostic withFixes(List<Fix> others) {
    return new Diagnostic(code, severity, place, message, related, hint, others);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// Collects the optional parts of a diagnostic.
  public static final class Builder {
    private final Code code;
    private Message message;
    private Severity severity;
    private Optional<Place> place = Optional.empty();
    private final List<Related> related = new ArrayList<>();
    private Optional<Message> hint = Optional.empty();
    private final List<Fix> fixes = new ArrayList<>();
    private boolean isDecision;

    private Builder(Code code, Message message) {
      this.code = code;
      this.message = message;
      this.severity = code.severity();
    }

    public Builder at(Place where) {
      place = Optional.of(where);
      return this;
    }

    public Builder at(Optional<Place> where) {
      place = where;
      return this;
    }

    /// Underlines the attribute that set the value; the rest of the chain becomes related places.
    public Builder at(Origin origin) {
      place = origin.place();
      for (int i = 1; i < origin.chain().size(); i++) {
        related.add(new Related(origin.chain().get(i), Message.of("origin.through")));
      }
      return this;
    }

    /// Says it with the text under the key `CODE.suffix`, for another form of the same mistake.
    public Builder saying(String suffix, Object... arguments) {
      message = Message.of(code.name() + "." + suffix, arguments);
      return this;
    }

    public Builder severity(Severity value) {
      severity = value;
      return this;
    }

    /// Adds a related place under the key `CODE.suffix`.
    public Builder related(Place where, String suffix, Object... arguments) {
      related.add(new Related(where, Message.of(code.name() + "." + suffix, arguments)));
      return this;
    }

    /// As [#related(Place, String, Object...)]; nothing when there is no place.
    public Builder related(Optional<Place> where, String suffix, Object... arguments) {
      where.ifPresent(found -> related(found, suffix, arguments));
      return this;
    }

    /// Adds a related place that has the same problem.
    public Builder also(Place where) {
      related.add(new Related(where, Message.of("related.also")));
      return this;
    }

    /// Sets the hint under the key `CODE.suffix`.
    public Builder hint(String suffix, Object... arguments) {
      hint = Optional.of(Message.of(code.name() + "." + suffix, arguments));
      return this;
    }

    /// Adds a fix that replaces one place, with its title under the key `CODE.suffix`.
    public Builder fix(Place where, String replacement, String suffix, Object... arguments) {
      fixes.add(
          new Fix(
              Message.of(code.name() + "." + suffix, arguments),
              List.of(new Fix.Edit(where, replacement)),
              false));
      return this;
    }

    /// As [#fix(Place, String, String, Object...)]; nothing when there is no place.
    public Builder fix(
        Optional<Place> where, String replacement, String suffix, Object... arguments) {
      return fix(where.map(place -> new Fix.Edit(place, replacement)), suffix, arguments);
    }

    /// Adds a fix of one edit; nothing when there is none.
    public Builder fix(Optional<Fix.Edit> edit, String suffix, Object... arguments) {
      edit.ifPresent(found -> fix(found.place(), found.replacement(), suffix, arguments));
      return this;
    }

    /// Makes one fix of the fix of this diagnostic and that of another, which is the same mistake
    /// in another place; none when one of them has no fix or a choice of several.
    public Builder mendTogether(Builder other) {
      if (fixes.size() != 1 || other.fixes.size() != 1) {
        fixes.clear();
        return this;
      }
      List<Fix.Edit> edits = new ArrayList<>(fixes.getFirst().edits());
      edits.addAll(other.fixes.getFirst().edits());
      fixes.set(0, new Fix(fixes.getFirst().title(), edits, false));
      return this;
    }

    /// Its fixes change what players get or who may talk to whom: people decide on them.
    public Builder decision() {
      isDecision = true;
      return this;
    }

    public Diagnostic build() {
      List<Fix> offered = isDecision ? fixes.stream().map(Fix::asDecision).toList() : fixes;
      return new Diagnostic(code, severity, place, message, related, hint, offered);
    }
  }
}
