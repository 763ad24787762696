package io.gops.review;

import io.gops.diagnostic.Harmless;
import io.gops.diff.Change;
import io.gops.diff.Edit;
import io.gops.diff.FleetDiff;
import io.gops.diff.Kind;
import io.gops.diff.ZoneRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A change in words, the same in each format.
final class Told {
  private static final int LONGEST_VALUE = 100;
  private static final int LONGEST_IMAGE = 400;
  private static final int SHOWN_SUBJECTS = 3;
  private static final Pattern DIGEST = Pattern.compile("@?sha256:([0-9a-f]{8})[0-9a-f]{56}");
  private static final Pattern TAGGED =
      Pattern.compile("(\\S+/)?([^\\s/:@]+):([^\\s/:@]+)(@\\S+)?");

  private Told() {}

  /// `zones 10001–10200 except 10137 (199)`, `service db`.
  static String subject(Change change, FleetDiff diff) {
    if (!change.zones().isEmpty()) {
      String ranges = ZoneRanges.print(change.zones(), diff.zones());
      String word = change.zones().size() == 1 ? "zone " : "zones ";
      String what = change.kind() == Kind.ZONES ? "" : change.kind().word() + " of ";
      String count = change.zones().size() > 2 ? " (" + change.zones().size() + ")" : "";
      return Harmless.text(what + word + ranges + count);
    }
    List<String> names = change.subjects();
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN_SUBJECTS, names.size())));
    int more = names.size() - SHOWN_SUBJECTS;
    return Harmless.text(
        change.kind().word() + " " + shown + (more > 0 ? " and " + more + " more" : ""));
  }

  /// `scripts.image: scripts:v42 → scripts:v43`.
  static String edit(Edit edit) {
    String path = Harmless.text(edit.path());
    Optional<String> from = edit.from();
    Optional<String> to = edit.to();
    String value;
    if (from.isPresent() && to.isPresent()) {
      value = path + ": " + shown(from.get(), to.get()) + " → " + shown(to.get(), from.get());
    } else if (to.isPresent()) {
      value = path + ": new, " + shown(to.get(), "");
    } else {
      value = path + ": gone, was " + shown(from.orElse(""), "");
    }
    return value + edit.remark().map(remark -> " (" + remark.text() + ")").orElse("");
  }

  /// What follows, and what a reviewer should know beside the edits.
  static List<String> consequences(Change change, List<Change> all) {
    List<String> sentences = new ArrayList<>();
    change.consequences().forEach(sentence -> sentences.add(Harmless.text(sentence)));
    change
        .like()
        .flatMap(id -> all.stream().filter(other -> other.id().equals(id)).findFirst())
        .ifPresent(
            rule -> sentences.add("unlike " + rule.size() + " other zones: see " + rule.id()));
    return sentences;
  }

  /// Keeps the pattern from texts that it would take long to refuse.
  private static boolean mayBeImage(String value) {
    return value.length() <= LONGEST_IMAGE && value.indexOf(':') >= 0 && value.indexOf(' ') < 0;
  }

  /// A value beside the one that it is compared with: what both share and nobody reads is left out.
  private static String shown(String value, String other) {
    var own = TAGGED.matcher(value);
    var others = TAGGED.matcher(other);
    String text = value;
    if (mayBeImage(value) && mayBeImage(other) && own.matches() && others.matches()) {
      boolean isSamePlace = String.valueOf(own.group(1)).equals(String.valueOf(others.group(1)));
      boolean isSameTag = own.group(3).equals(others.group(3));
      text =
          (isSamePlace || own.group(1) == null ? "" : own.group(1))
              + own.group(2)
              + ":"
              + own.group(3)
              + (isSameTag && own.group(4) != null ? own.group(4) : "");
    }
    text = DIGEST.matcher(text).replaceAll("@$1…");
    if (text.isEmpty()) {
      return "\"\"";
    }
    return Harmless.text(
        text.length() > LONGEST_VALUE
            ? text.substring(
                    0,
                    text.offsetByCodePoints(
                        0, Math.min(LONGEST_VALUE, text.codePointCount(0, text.length()))))
                + "…"
            : text);
  }
}
