package io.gops.rollout;

import io.gops.compilation.Target;
import io.gops.deployment.Deployment;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Game;
import io.gops.kubernetes.ConfigFileChecks;
import io.gops.kubernetes.PatchChecks;
import io.gops.kubernetes.PodShapes;
import io.gops.network.Overlay;
import io.gops.plan.LoginSteering;
import io.gops.plan.PodTemplates;
import java.util.Collection;

/// GameServerSets of OpenKruiseGame, and login addresses in Open vSwitch.
public final class KruiseGameTarget implements Target {
  @Override
  public PodTemplates podTemplates(Deployment deployment) {
    return new PodShapes(deployment);
  }

  @Override
  public void checkGames(Collection<Game> games, Diagnostics diagnostics) {
    new ConfigFileChecks(diagnostics).run(games);
    new PatchChecks(diagnostics).run(games);
  }

  @Override
  public LoginSteering loginSteering(Overlay overlay) {
    return new LoginRoutes(overlay);
  }
}
