package io.gops.network;

import io.gops.deployment.Deployment;
import io.gops.deployment.Group;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Limits;
import io.gops.fleet.Resource;
import io.gops.fleet.Uplink;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Whether the queues of the uplinks can keep what they promise, and whether each that is named
/// exists.
final class QueueChecks {
  private QueueChecks() {}

  static void run(Deployment deployment, Diagnostics diagnostics) {
    Optional<Uplink> uplink = deployment.cluster().uplink();
    uplink.ifPresent(found -> shares(found, diagnostics));
    Set<Limits> seen = new HashSet<>();
    for (Group group : deployment.groups().values()) {
      Limits limits = group.zone().body().limits();
      Optional<String> queue = limits.queue();
      boolean isThere =
          queue.isEmpty()
              || uplink.filter(found -> found.queues().containsKey(queue.get())).isPresent();
      if (!isThere && seen.add(limits)) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS4025, group.zone().set(), queue.orElseThrow())
                .at(limits.origins().of("queue"))
                .related(uplink.flatMap(found -> found.origins().place()), "related")
                .hint("hint"));
      }
    }
  }

  private static void shares(Uplink uplink, Diagnostics diagnostics) {
    long promised = uplink.queues().values().stream().mapToLong(Uplink.Queue::atLeast).sum();
    if (promised > uplink.rate()) {
      diagnostics.report(
          Diagnostic.of(
                  Code.GOPS4024,
                  Resource.EGRESS.print(promised),
                  Resource.EGRESS.print(uplink.rate()))
              .at(uplink.origins().of("rate"))
              .hint("hint"));
    }
    for (Uplink.Queue queue : uplink.queues().values()) {
      if (queue.atMost() < queue.atLeast()) {
        diagnostics.report(
            Diagnostic.of(Code.GOPS4024)
                .saying(
                    "queue",
                    queue.name(),
                    Resource.EGRESS.print(queue.atLeast()),
                    Resource.EGRESS.print(queue.atMost()))
                .at(queue.origins().of("at_most"))
                .hint("queuehint"));
      }
    }
  }
}
