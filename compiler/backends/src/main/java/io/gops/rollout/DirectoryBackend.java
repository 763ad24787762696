package io.gops.rollout;

import io.gops.artifact.Artifacts;
import io.gops.compilation.Backend;
import io.gops.compilation.Compiled;
import io.gops.deployment.Deployment;
import io.gops.diagnostic.Diagnostics;
import io.gops.directory.ZoneList;

/// Writes the zone list of every game that has a directory.
public final class DirectoryBackend implements Backend {
  @Override
  public String id() {
    return "directory";
  }

  @Override
  public void generate(Compiled compiled, Artifacts files, Diagnostics diagnostics) {
    Deployment deployment = compiled.deployment();
    String folder = deployment.environment() + "/" + deployment.cluster().name() + "/";
    ZoneList.files(deployment, new LoginRoutes(compiled.overlay()), folder).forEach(files);
  }
}
