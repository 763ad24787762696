package io.gops.compilation;

import io.gops.deployment.Deployment;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Game;
import io.gops.network.Overlay;
import io.gops.plan.LoginSteering;
import io.gops.plan.PodTemplates;
import java.util.Collection;

/// What plans need to know of the systems they act on; found by [java.util.ServiceLoader].
public interface Target {
  /// Reports what its objects cannot hold of the games, and patches that touch what a proof rests
  /// on.
  void checkGames(Collection<Game> games, Diagnostics diagnostics);

  /// How the pods of workloads are spelled.
  PodTemplates podTemplates(Deployment deployment);

  /// How logins are sent to a side.
  LoginSteering loginSteering(Overlay overlay);
}
