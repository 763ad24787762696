package io.gops.lsp.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a person writes to answer for something, and what it means.
enum AnnotationForm {
  SUPPRESS(
      "Somebody has seen a warning and answers for it, until a day.",
      "suppress(\"${1:GOPS3012}\", reason = \"${2:why}\", until = \"${3:2027-01-31}\")",
      "suppress(\"GOPS3012\", reason = \"why\")"),
  WAIVE(
      "Somebody has seen what a change does to what runs and answers for it, so that `gopsc diff"
          + " --fail-on` lets it pass until a day: a class from R0 to R6 for what is written in the"
          + " declaration below, or the id of a change.",
      "waive(\"${1|R4,R5,R6,R3,R2|}\", reason = \"${2:why}\", until = \"${3:2027-01-31}\")",
      "waive(\"R4\", reason = \"why\", until = \"2027-01-31\")");

  private final String meaning;
  private final String snippet;
  private final String plain;

  AnnotationForm(String meaning, String snippet, String plain) {
    this.meaning = meaning;
    this.snippet = snippet;
    this.plain = plain;
  }

  /// The annotation of a name, if there is one.
  static Optional<AnnotationForm> named(String word) {
    return Arrays.stream(values()).filter(form -> form.word().equals(word)).findFirst();
  }

  /// The name, without `@`.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String meaning() {
    return meaning;
  }

  /// What is inserted behind `@`.
  String insertion(boolean withPlaceholders) {
    return withPlaceholders ? snippet : plain;
  }

  /// As it stands in a source.
  String example() {
    return "@" + plain;
  }
}
