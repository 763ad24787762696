package io.gops.network;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Curve;
import io.gops.fleet.Gateway;
import io.gops.fleet.Limits;
import io.gops.fleet.Profile;
import io.gops.fleet.Resource;
import io.gops.fleet.Zone;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Whether limits do what their writer wants: none may hurt players that were promised a place, and
/// none may be written in vain.
final class LimitChecks {
  private final Diagnostics diagnostics;
  private final Set<Limits> seen = new HashSet<>();

  private LimitChecks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  static void run(Deployment deployment, Diagnostics diagnostics) {
    LimitChecks checks = new LimitChecks(diagnostics);
    for (Group group : deployment.groups().values()) {
      checks.zone(group);
    }
    for (Gateway gateway : deployment.gateways().values()) {
      checks.gateway(gateway);
    }
  }

  private void zone(Group group) {
    Limits limits = group.zone().body().limits();
    if (limits.equals(Limits.NONE)) {
      return;
    }
    Zone zone = group.zone();
    if (zone.body().vpc().isEmpty()) {
      if (seen.add(limits)) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS4015, zone.set())
                .saying("network", zone.set())
                .at(limits.origins().place())
                .hint("networkhint"));
      }
      return;
    }
    if (limits.server().orElse(0L) > limits.zone().orElse(Long.MAX_VALUE)) {
      vain(
          limits,
          "server",
          "zone " + zone.set(),
          limits.server().orElseThrow(),
          limits.zone().orElseThrow());
    }
    int servers = Math.max(1, zone.body().servers(group.role()));
    long players = zone.body().playersOfServer(group.role().name(), zone.body().players(), servers);
    long each = need(group.role().profile(), players);
    narrow(group, limits, "server", limits.server(), each);
    narrow(group, limits, "zone", limits.zone(), each * Math.min(servers, mostOnOneHost(group)));
  }

  /// Servers of one side that share a host, and with it the meter of their zone.
  private static int mostOnOneHost(Group group) {
    return group.placements().stream()
        .mapToInt(
            place ->
                (int)
                    group.placements().stream()
                        .filter(other -> other.primary().equals(place.primary()))
                        .count())
        .max()
        .orElse(1);
  }

  private static long need(Profile profile, long players) {
    Curve curve = profile.byPlayers().get(Resource.EGRESS);
    return curve != null
        ? curve.at(players)
        : profile.base().get(Resource.EGRESS)
            + Math.multiplyExact(profile.perPlayer().get(Resource.EGRESS), players);
  }

  private void narrow(
      Group group, Limits limits, String attribute, Optional<Long> limit, long need) {
    if (limit.isEmpty() || limit.get() >= need || !seen.add(limits)) {
      return;
    }
    String enough = Resource.EGRESS.print(need);
    diagnostics.report(
        Diagnostic.of(
                Code.GOPS4014,
                attribute,
                Resource.EGRESS.print(limit.get()),
                group.zone().id(),
                group.zone().body().players(),
                enough)
            .at(limits.origins().of(attribute))
            .related(group.zone().body().origins().place("players"), "related")
            .hint("hint", attribute, enough)
            .fix(
                limits.origins().written(attribute),
                attribute + " = " + enough,
                "fix",
                attribute,
                enough));
  }

  private void gateway(Gateway gateway) {
    Limits limits = gateway.limits();
    if (limits.egress().isPresent() && gateway.perNode().has(Resource.EGRESS)) {
      long most = gateway.perNode().get(Resource.EGRESS);
      if (limits.egress().get() > most) {
        vain(limits, "egress", "a machine of " + gateway.name(), limits.egress().get(), most);
      }
    }
  }

  private void vain(Limits limits, String attribute, String other, long limit, long most) {
    if (seen.add(limits)) {
      diagnostics.report(
          Diagnostic.of(
                  Code.GOPS4015,
                  attribute,
                  Resource.EGRESS.print(limit),
                  other,
                  Resource.EGRESS.print(most))
              .at(limits.origins().of(attribute))
              .hint("hint", Resource.EGRESS.print(most)));
    }
  }
}
