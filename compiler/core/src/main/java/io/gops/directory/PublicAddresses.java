package io.gops.directory;

import io.gops.fleet.Ipv4;
import java.util.Optional;

/// Addresses of the internet under which login addresses and servers are reached.
public interface PublicAddresses {
  /// The public address of a login address or a server, if it has one.
  ///
  /// @param name id of the group for its login address, id of the [io.gops.deployment.Nic] for a
  ///     server
  Optional<Ipv4> publicAddress(String name);
}
