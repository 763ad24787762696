package io.gops.review;

import io.gops.diagnostic.Harmless;
import io.gops.diff.Change;
import io.gops.diff.ConsequenceClass;
import io.gops.diff.FleetDiff;
import java.util.SortedSet;
import java.util.TreeSet;

/// One sentence on all changes of an environment.
final class Summary {
  private Summary() {}

  static String of(Reviewed reviewed, String against) {
    FleetDiff diff = reviewed.diff();
    String name = Harmless.text(diff.fleet() + " " + diff.environment() + " against " + against);
    if (diff.changes().isEmpty()) {
      return name + ": no runtime change";
    }
    SortedSet<Integer> zones = new TreeSet<>();
    diff.changes().forEach(change -> zones.addAll(change.zones()));
    ConsequenceClass worst = diff.worst();
    return name
        + ": "
        + count(diff.changes().size(), "change")
        + (zones.isEmpty() ? "" : " in " + count(zones.size(), "zone"))
        + ", worst "
        + worst
        + " ("
        + worst.meaning()
        + ")"
        + (reviewed.waived() > 0 ? ", " + reviewed.waived() + " waived" : "");
  }

  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /// How many changes are of a class.
  static long of(FleetDiff diff, ConsequenceClass risk) {
    return diff.changes().stream().map(Change::risk).filter(risk::equals).count();
  }
}
