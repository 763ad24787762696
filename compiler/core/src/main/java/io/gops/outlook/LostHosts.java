package io.gops.outlook;

import io.gops.diagnostic.Spelling;
import io.gops.fleet.Fleet;
import io.gops.fleet.Host;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The hosts that are meant by names of hosts and racks.
public final class LostHosts {
  private LostHosts() {}

  /// The hosts of a fleet with one of these names, or in a rack with one.
  public static SortedSet<String> of(Fleet fleet, List<String> names) {
    SortedSet<String> found = new TreeSet<>();
    for (Host host : fleet.hosts().values()) {
      if (names.contains(host.name()) || names.contains(host.rack())) {
        found.add(host.name());
      }
    }
    return found;
  }

  /// What is wrong with the names; absent when each is one of a host or a rack of some fleet.
  public static Optional<String> unknown(Collection<Fleet> fleets, List<String> names) {
    TreeSet<String> known = new TreeSet<>();
    for (Fleet fleet : fleets) {
      for (Host host : fleet.hosts().values()) {
        known.add(host.name());
        known.add(host.rack());
      }
    }
    return names.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .map(
            name ->
                "no host or rack is named "
                    + name
                    + Spelling.nearest(name, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(""));
  }
}
