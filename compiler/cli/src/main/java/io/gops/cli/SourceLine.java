package io.gops.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of a source as a person names it: `games/clx.gops:52`. A column behind it, as in a
/// message, is allowed and ignored.
///
/// @param number from 1
record SourceLine(Path file, int number) {
  private static final Pattern FORM = Pattern.compile("(.+\\.gops):([1-9][0-9]{0,8})(:[0-9]+)?");

  static Optional<SourceLine> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new SourceLine(Path.of(form.group(1)), Integer.parseInt(form.group(2))))
        : Optional.empty();
  }
}
