package io.gops.diff;

import io.gops.state.TemplateHash;
import java.util.List;
import java.util.stream.Collectors;

/// Names a change by what it does: the same edits have the same name in each run, for one zone or
/// for thousands, on whatever line they are written.
final class ChangeId {
  private static final int DIGITS = 12;

  private ChangeId() {}

  /// @param subject what the edits are about; empty for zones
  static String of(Kind kind, String subject, List<Edit> edits) {
    String text =
        kind.word()
            + "\n"
            + subject.length()
            + ":"
            + subject
            + "\n"
            + edits.stream().map(Edit::canonical).sorted().collect(Collectors.joining());
    String hash = TemplateHash.of(text);
    return hash.substring(hash.indexOf(':') + 1).substring(0, DIGITS);
  }
}
