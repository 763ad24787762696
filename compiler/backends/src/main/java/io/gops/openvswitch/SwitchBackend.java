package io.gops.openvswitch;

import io.gops.artifact.Artifacts;
import io.gops.artifact.Earlier;
import io.gops.compilation.Backend;
import io.gops.compilation.Compiled;
import io.gops.diagnostic.Diagnostics;

/// Flow tables and scripts for every node of a fleet that has VPCs.
public final class SwitchBackend implements Backend {
  @Override
  public String id() {
    return "openvswitch";
  }

  @Override
  public void generate(Compiled compiled, Artifacts files, Diagnostics diagnostics) {
    generate(compiled, Earlier.NOTHING, files, diagnostics);
  }

  @Override
  public void generate(
      Compiled compiled, Earlier earlier, Artifacts files, Diagnostics diagnostics) {
    boolean hasOverlay = compiled.deployment().cluster().hasOverlay();
    if (!hasOverlay || compiled.overlay().vpcs().isEmpty()) {
      return;
    }
    OpenVswitch.generate(compiled.overlay(), compiled.tables(), earlier, files);
  }
}
