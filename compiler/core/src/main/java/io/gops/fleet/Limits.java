package io.gops.fleet;

import io.gops.source.Origins;
import java.util.Optional;

/// How much may pass; what goes beyond is dropped. All in bits per second.
///
/// @param server what each server sends
/// @param zone what the servers of one zone send from one host, together
/// @param egress what each machine of a gateway sends out
/// @param ingress what each machine of a gateway takes in
/// @param queue of the hosts' uplinks that what each server sends waits in
public record Limits(
    Optional<Long> server,
    Optional<Long> zone,
    Optional<Long> egress,
    Optional<Long> ingress,
    Optional<String> queue,
    Origins origins) {
  public static final Limits NONE =
      new Limits(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Origins.NONE);
}
