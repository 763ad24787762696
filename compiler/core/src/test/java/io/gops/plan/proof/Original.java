package io.gops.plan.proof;

import io.gops.plan.Plan;
import java.util.function.UnaryOperator;

/// A sound plan that is broken in many ways.
///
/// @param reopened makes again what an abort has to know of the gates of a plan
record Original(Plan plan, UnaryOperator<Plan> reopened) {
  PlanCopy copy() {
    return new PlanCopy(this);
  }
}
