package io.gops.diff;

import java.util.Optional;

/// One value that differs.
///
/// @param path what it is, in the words of the language: `engine.env.ZONE`, `prefixes`
/// @param from absent when it is new
/// @param to absent when it is gone
public record Edit(
    String path,
    Optional<String> from,
    Optional<String> to,
    ConsequenceClass risk,
    Optional<Remark> remark) {

  /// An edit that needs no remark.
  public Edit(String path, Optional<String> from, Optional<String> to, ConsequenceClass risk) {
    this(path, from, to, risk, Optional.empty());
  }

  /// The same with a longer path.
  Edit under(String prefix) {
    return new Edit(prefix + path, from, to, risk, remark);
  }

  /// Whether it is the same edit, however bad.
  boolean isSameAs(Edit other) {
    return path.equals(other.path) && from.equals(other.from) && to.equals(other.to);
  }

  /// What the change's name is made from. Length before text: no value can imitate another edit.
  String canonical() {
    return field(path) + field(from.orElse("")) + field(to.orElse("")) + from.isPresent() + "\n";
  }

  private static String field(String text) {
    return text.length() + ":" + text + " ";
  }
}
