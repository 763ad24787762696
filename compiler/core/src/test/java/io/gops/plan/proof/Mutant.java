package io.gops.plan.proof;

import io.gops.plan.Plan;
import java.util.function.Supplier;

/// A broken plan, made only when it is asked for, because there are hundreds of thousands of them.
///
/// @param same whether it does the same as the plan in another way
record Mutant(Fault fault, String where, boolean same, Supplier<Plan> plan) {
  /// Takes mutants as they are found.
  interface Sink {
    void add(Mutant mutant);

    default void add(Fault fault, String where, Supplier<Plan> plan) {
      add(new Mutant(fault, where, false, plan));
    }
  }
}
