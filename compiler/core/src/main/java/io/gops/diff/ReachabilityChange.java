package io.gops.diff;

import java.util.SortedSet;
import java.util.TreeSet;

/// Who may reach whom now and could not before, or the other way round.
///
/// @param vpc name of the VPC whose policy decides
/// @param widened whether it is allowed now
/// @param from as people call it: a class of servers, or prefixes outside
/// @param to the same of the other end
/// @param services `tcp/3306`, or `any other tcp port`
public record ReachabilityChange(
    String vpc, boolean widened, String from, String to, SortedSet<String> services) {
  public ReachabilityChange {
    services = new TreeSet<>(services);
  }

  ConsequenceClass risk() {
    return widened ? ConsequenceClass.R6 : ConsequenceClass.R4;
  }

  /// One sentence.
  public String text() {
    return from
        + (widened ? " may now reach " : " may no longer reach ")
        + to
        + " on "
        + String.join(", ", services);
  }
}
