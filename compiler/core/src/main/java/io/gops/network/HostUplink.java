package io.gops.network;

import io.gops.allocate.Assignments;
import io.gops.fleet.Limits;
import io.gops.fleet.Uplink;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.FlowQueue;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The uplink of every host with the numbers of its queues.
///
/// @param queues by name
public record HostUplink(Uplink uplink, SortedMap<String, FlowQueue> queues) {
  static HostUplink of(Uplink uplink, Assignments assignments) {
    SortedMap<String, FlowQueue> queues = new TreeMap<>();
    for (Uplink.Queue queue : uplink.queues().values()) {
      long id =
          assignments
              .claim("queue", "fleet", queue.name(), 1, FlowQueue.LAST)
              .orElseThrow(() -> new IllegalStateException("no queue id left"));
      Declaration declaration = Declaration.of("queue/" + queue.name(), queue.origins().place());
      queues.put(queue.name(), new FlowQueue(id, queue.atLeast(), queue.atMost(), declaration));
    }
    return new HostUplink(uplink, queues);
  }

  /// The queue of what a server sends, unless it has none of its own.
  public Optional<FlowQueue> queueOf(Member member) {
    Limits limits = member.workload().zone().body().limits();
    return limits.queue().flatMap(name -> Optional.ofNullable(queues.get(name)));
  }

  /// The queues in the order of their numbers.
  public List<FlowQueue> inOrder() {
    return queues.values().stream().sorted(Comparator.comparingLong(FlowQueue::id)).toList();
  }
}
