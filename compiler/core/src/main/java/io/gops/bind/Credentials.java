package io.gops.bind;

import io.gops.source.Place;
import io.gops.source.SourceFile;
import java.util.Optional;
import java.util.regex.Pattern;

/// Recognises texts that look like a password or key, and hides them.
final class Credentials {
  /// Names whose value is a secret by their meaning.
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(^|_)(password|passwd|pwd|passphrase|secret|token|api_?key|access_?key"
              + "|private_?key|credentials?)(_|$)");

  /// Forms that well-known issuers give to their keys, private keys, and passwords inside URLs.
  private static final Pattern FORM =
      Pattern.compile(
          "AKIA[0-9A-Z]{16}|LTAI[0-9A-Za-z]{12,}|gh[pousr]_[0-9A-Za-z]{20,}|glpat-[0-9A-Za-z_-]{16,}"
              + "|xox[abpr]-[0-9A-Za-z-]{10,}|eyJ[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]{10,}\\."
              + "|-----BEGIN [A-Z ]*PRIVATE KEY-----|://[^/\\s:@]*:[^/\\s@]+@");

  private Credentials() {}

  /// Why a literal looks like a credential.
  static Optional<String> suspicion(String name, String text) {
    if (FORM.matcher(text).find()) {
      return Optional.of("its form");
    }
    return NAME.matcher(name).find() && !text.isBlank()
        ? Optional.of("its name")
        : Optional.empty();
  }

  /// The same place in a copy of the file in which its text is hidden, so that nothing that prints
  /// the line shows it.
  static Place mask(Place place) {
    String text = place.file().text();
    int from = place.span().offset();
    int to = place.span().end();
    String masked = text.substring(0, from) + "*".repeat(to - from) + text.substring(to);
    return new Place(new SourceFile(place.file().path(), masked), place.span());
  }
}
