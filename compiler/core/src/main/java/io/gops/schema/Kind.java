package io.gops.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One kind of declaration, in the place where it may stand.
///
/// A kind either has `variants`, of which the first label picks one (`release ab_switch NAME`),
/// or attributes and nested kinds of its own.
///
/// @param name the word that begins a declaration
/// @param doc one or two sentences an operator understands
/// @param label what follows the kind (and the variant)
/// @param variants by the word that picks them
/// @param attributes by name, in the order in which documentation lists them
/// @param anyAttribute what further attributes hold, where any name is allowed
/// @param nested by kind, in the order of documentation
/// @param occurs how often it may stand in its place
/// @param rules which rules its block may hold
/// @param open whether blocks and attributes of any name may stand in it, at any depth; what they
///     hold is then judged by whoever they are written for
/// @param members whether the block may override members of a range by number
/// @param example a declaration that compiles in a suitable fleet
public record Kind(
    String name,
    String doc,
    Optional<Label> label,
    Map<String, Kind> variants,
    Map<String, Attribute> attributes,
    Optional<Attribute> anyAttribute,
    Map<String, Kind> nested,
    Occurs occurs,
    Rules rules,
    boolean open,
    boolean members,
    Optional<String> example) {

  /// How often a kind may stand in one block.
  public enum Occurs {
    /// At most once.
    ONCE,
    /// Exactly once; with a label at least once, and once for each label.
    REQUIRED,
    /// Once for each label.
    REPEATED
  }

  /// Which rules a block may hold.
  public enum Rules {
    NONE,
    /// `expect`.
    EXPECTATIONS,
    /// `allow`, `deny` and `expect`.
    POLICY
  }

  public Kind {
    variants = Collections.unmodifiableMap(new LinkedHashMap<>(variants));
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    nested = Collections.unmodifiableMap(new LinkedHashMap<>(nested));
  }

  /// The same under another name: a block of any name inside an open kind is as open.
  public Kind called(String word) {
    return new Kind(
        word,
        doc,
        Optional.empty(),
        variants,
        attributes,
        anyAttribute,
        nested,
        Occurs.ONCE,
        rules,
        open,
        members,
        Optional.empty());
  }

  /// Starts the description of a kind.
  public static Builder kind(String name, String doc) {
    return new Builder(name, doc);
  }

  /// Collects the parts of a kind.
  public static final class Builder {
    private final String name;
    private final String doc;
    private Optional<Label> label = Optional.empty();
    private final Map<String, Kind> variants = new LinkedHashMap<>();
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();
    private Optional<Attribute> anyAttribute = Optional.empty();
    private final Map<String, Kind> nested = new LinkedHashMap<>();
    private Occurs occurs = Occurs.ONCE;
    private Rules rules = Rules.NONE;
    private boolean open;
    private boolean members;
    private Optional<String> example = Optional.empty();

    private Builder(String name, String doc) {
      this.name = name;
      this.doc = doc;
    }

    /// It has a label, and so may be repeated with another one.
    public Builder label(Label value) {
      label = Optional.of(value);
      occurs = Occurs.REPEATED;
      return this;
    }

    public Builder variants(Kind... values) {
      for (Kind variant : values) {
        variants.put(variant.name(), variant);
      }
      return this;
    }

    public Builder attributes(Attribute... values) {
      return attributes(List.of(values));
    }

    public Builder attributes(List<Attribute> values) {
      values.forEach(attribute -> attributes.put(attribute.name(), attribute));
      return this;
    }

    /// Attributes of any name are allowed; `pattern` says what they hold.
    public Builder anyAttribute(Attribute pattern) {
      anyAttribute = Optional.of(pattern);
      return this;
    }

    public Builder nested(Kind... values) {
      return nested(List.of(values));
    }

    public Builder nested(List<Kind> values) {
      values.forEach(kind -> nested.put(kind.name(), kind));
      return this;
    }

    public Builder required() {
      occurs = Occurs.REQUIRED;
      return this;
    }

    /// It has variants with labels of their own, and may be repeated.
    public Builder repeated() {
      occurs = Occurs.REPEATED;
      return this;
    }

    public Builder rules(Rules value) {
      rules = value;
      return this;
    }

    /// Attributes and blocks of any name are allowed in it and in its blocks; `pattern` says what
    /// attributes hold.
    public Builder open(Attribute pattern) {
      open = true;
      return anyAttribute(pattern);
    }

    /// Members of its range can be overridden by number.
    public Builder members() {
      members = true;
      return this;
    }

    public Builder example(String text) {
      example = Optional.of(text.stripTrailing());
      return this;
    }

    public Kind build() {
      return new Kind(
          name,
          doc,
          label,
          variants,
          attributes,
          anyAttribute,
          nested,
          occurs,
          rules,
          open,
          members,
          example);
    }
  }
}
