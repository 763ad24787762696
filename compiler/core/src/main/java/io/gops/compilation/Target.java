package io.gops.compilation;

import io.gops.deployment.Deployment;
import io.gops.network.Overlay;
import io.gops.plan.LoginSteering;
import io.gops.plan.PodTemplates;

/// What plans need to know of the systems they act on; found by [java.util.ServiceLoader].
public interface Target {
  /// How the pods of workloads are spelled.
  PodTemplates podTemplates(Deployment deployment);

  /// How logins are sent to a side.
  LoginSteering loginSteering(Overlay overlay);
}
