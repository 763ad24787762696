package io.gops.report;

import io.gops.bind.FleetLoader;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.capacity.InstanceGenerator;
import io.gops.capacity.Machine;
import io.gops.capacity.Occupant;
import io.gops.capacity.PoolProblem;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Pages for tests: of many hosts, and of names that try to be more than names.
final class Pages {
  /// Each would do harm if any part of the page took it for syntax.
  static final List<String> HOSTILE =
      List.of(
          "</script><script>document.title='x'</script>",
          "<img src=x onerror=\"document.title='x'\">",
          "\"><b>bold</b>",
          "'); alert(1); ('",
          "${7*7} <#list> &amp; &lt;",
          "\u202Egnp.elif\u202C",
          "<!--<script>",
          "\u2028line",
          "שרת-א",
          "\\u003cb\\u003e");

  static final Fleet FLEET =
      FleetLoader.load(
              Path.of(System.getProperty("gops.root"), "examples", "wuxia"), new Diagnostics())
          .orElseThrow();

  private Pages() {}

  static String planted(int pairs, int hosts) {
    return page(new InstanceGenerator(7).planted(pairs, hosts, 75, 1));
  }

  /// Ten hosts and their groups, each with a hostile name.
  static String hostile() {
    PoolProblem plain = new InstanceGenerator(7).planted(30, HOSTILE.size(), 60, 1);
    List<Machine> machines = new ArrayList<>();
    for (Machine m : plain.machines()) {
      String name = HOSTILE.get(machines.size());
      machines.add(new Machine(name, m.rack(), m.allocatable(), m.usable(), m.state()));
    }
    List<Occupant> occupants = new ArrayList<>();
    for (Occupant o : plain.occupants()) {
      String name = HOSTILE.get(occupants.size() % HOSTILE.size()) + occupants.size();
      occupants.add(new Occupant(name, o.ordinal(), o.demand(), o.previous(), o.live()));
    }
    return page(
        new PoolProblem(
            HOSTILE.getFirst(),
            plain.sharing(),
            plain.spare(),
            plain.survive(),
            plain.perHost(),
            plain.reloadsPerHost(),
            machines,
            occupants));
  }

  private static String page(PoolProblem problem) {
    CapacityProof proof = CapacityProver.placement(problem).orElseThrow();
    return CapacityPage.html(proof, FLEET);
  }
}
