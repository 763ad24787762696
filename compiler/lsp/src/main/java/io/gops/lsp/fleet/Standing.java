package io.gops.lsp.fleet;

import io.gops.capacity.CapacityProof;
import io.gops.compilation.Compiled;
import io.gops.deployment.Group;
import io.gops.fleet.Fleet;
import io.gops.network.Overlay;
import io.gops.network.PublicAddress;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What editors show of a fleet that was proved. The rest of what a compile knows, flow tables
/// above all, is too much to keep.
///
/// @param logins the address under which players reach a zone, by its number
public record Standing(Fleet fleet, CapacityProof capacity, SortedMap<Integer, String> logins) {
  public Standing {
    logins = Collections.unmodifiableSortedMap(new TreeMap<>(logins));
  }

  static Standing of(Compiled compiled) {
    Overlay overlay = compiled.overlay();
    Map<String, String> outside =
        overlay.publicAddresses().stream()
            .collect(
                Collectors.toMap(
                    PublicAddress::name, a -> a.address().toString(), (first, _) -> first));
    SortedMap<Integer, String> logins = new TreeMap<>();
    for (Group group : compiled.deployment().groups().values()) {
      login(group, outside).ifPresent(a -> logins.putIfAbsent(group.zone().id(), a));
    }
    return new Standing(compiled.fleet(), compiled.capacity(), logins);
  }

  /// The virtual address, or that of the server; the one that the internet sees if there is one.
  private static Optional<String> login(Group group, Map<String, String> outside) {
    return group
        .loginAddress()
        .map(nic -> outside.getOrDefault(group.id(), nic.address().toString()))
        .or(
            () ->
                group.live().nics().stream()
                    .findFirst()
                    .map(nic -> outside.getOrDefault(nic.id(), nic.address().toString())));
  }
}
