package io.gops.fleet;

import io.gops.source.Origins;
import java.util.List;
import java.util.Optional;

/// Something outside the overlay that policies name: a database, a payment system.
///
/// @param prefixes where it is
/// @param gateway the gateway it is reached through; absent when it is reached through
///     whichever backbone gateway announces it
/// @param ports the ports it declares, in order
public record ExternalService(
    String name, List<Cidr> prefixes, Optional<String> gateway, List<Port> ports, Origins origins) {
  public ExternalService {
    prefixes = List.copyOf(prefixes);
    ports = List.copyOf(ports);
  }
}
