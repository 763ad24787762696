package io.gops.plan.proof;

import static io.gops.plan.proof.ListEdits.replaced;
import static io.gops.plan.proof.ListEdits.without;

import io.gops.plan.Check;
import io.gops.plan.Plan;
import io.gops.plan.Reopening;
import io.gops.plan.Reopening.Stage;
import io.gops.plan.Reopening.Way;
import java.util.List;
import java.util.function.UnaryOperator;

/// Every way to break what an abort knows of the gates that a plan has shut.
final class AbortMutants {
  private final Plan plan;
  private final Mutant.Sink sink;

  AbortMutants(Plan plan, Mutant.Sink sink) {
    this.plan = plan;
    this.sink = sink;
  }

  void all() {
    List<Reopening> gates = plan.reopenings();
    for (int i = 0; i < gates.size(); i++) {
      int at = i;
      Reopening gate = gates.get(i);
      sink.add(Fault.ABORT_WRONG, gate.key(), () -> plan.withReopenings(without(gates, at)));
      for (int j = 0; j < gate.ways().size(); j++) {
        ofWay(at, j);
      }
    }
  }

  private void ofWay(int gate, int number) {
    Way way = plan.reopenings().get(gate).ways().get(number);
    String where = plan.reopenings().get(gate).key() + " " + way.state();
    add(gate, where, ways -> without(ways, number));
    add(gate, where + " twice", ways -> List.of(way, way));
    other(gate, number, "its entry", withEntry(way, way.entry().replace("open", "listed")));
    other(gate, number, "its version", withEntry(way, way.entry().replace("1.8.", "1.9.")));
    Stage swapped = way.state() == Stage.DONE ? Stage.UNTOUCHED : Stage.DONE;
    other(gate, number, "its state", new Way(way.entry(), swapped, way.marks(), way.ready()));
    for (int i = 0; i < way.marks().size(); i++) {
      List<Reopening.Mark> fewer = without(way.marks(), i);
      Way early = new Way(way.entry(), way.state(), fewer, way.ready());
      other(gate, number, "without mark " + i, early);
    }
    for (int i = 0; i < way.ready().size(); i++) {
      Check.Pods pods = way.ready().get(i);
      List<Check.Pods> fewer = without(way.ready(), i);
      other(gate, number, "unseen", new Way(way.entry(), way.state(), way.marks(), fewer));
      Check.Pods more = new Check.Pods(pods.set(), pods.count() + 1, pods.images(), pods.same());
      List<Check.Pods> wrong = replaced(way.ready(), i, more);
      other(gate, number, "one too many", new Way(way.entry(), way.state(), way.marks(), wrong));
    }
  }

  private static Way withEntry(Way way, String entry) {
    return new Way(entry, way.state(), way.marks(), way.ready());
  }

  private void other(int gate, int number, String what, Way other) {
    Way way = plan.reopenings().get(gate).ways().get(number);
    if (!other.equals(way)) {
      String where = plan.reopenings().get(gate).key() + " " + way.state() + ", " + what;
      add(gate, where, ways -> replaced(ways, number, other));
    }
  }

  private void add(int at, String where, UnaryOperator<List<Way>> change) {
    Reopening gate = plan.reopenings().get(at);
    sink.add(
        Fault.ABORT_WRONG,
        where,
        () -> {
          Reopening other = new Reopening(gate.directory(), gate.key(), change.apply(gate.ways()));
          return plan.withReopenings(replaced(plan.reopenings(), at, other));
        });
  }
}
