package io.gops.fleet;

import io.gops.source.Place;

/// A test that the team wrote; every compile runs it.
public sealed interface Expectation {
  Place place();

  /// `expect FROM -> TO[:PORT]` or its negation.
  ///
  /// @param policy the policy it was written in, for the message; empty at the top level
  record Reachable(
      boolean expected, Endpoint from, Endpoint to, Ports ports, String policy, Place place)
      implements Expectation {}

  /// `expect fits { failed_hosts = N }`.
  record Fits(boolean expected, int failedHosts, Place place) implements Expectation {}
}
