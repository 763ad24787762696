package io.gops.fleet;

import io.gops.source.Origins;
import io.gops.source.Place;
import java.util.List;

/// Who may talk to whom inside one VPC and across its edge; what no rule allows is denied.
///
/// @param rules in order; an earlier rule wins
public record Policy(String name, String vpc, List<Rule> rules, Origins origins) {
  public Policy {
    rules = List.copyOf(rules);
  }

  /// One `allow` or `deny`; a rule with `<->` has been split into its two directions.
  ///
  /// @param place the rule in the source
  public record Rule(boolean allow, Endpoint from, Endpoint to, Ports ports, Place place) {
    /// As a person would write it.
    public String text() {
      return (allow ? "allow " : "deny ") + from.text() + " -> " + to.text() + ports.text();
    }
  }
}
