package io.gops.openvswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.artifact.Artifact;
import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.network.Node;
import io.gops.rollout.KruiseGameTarget;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of the flagship example, node by node, in a real switch.
@Tag("ovs")
class ExampleSwitchTest {
  @TempDir Path directory;

  @Test
  void everyNodeOfWuxiaTakesItsFiles() throws Exception {
    Path example = Path.of(System.getProperty("gops.root"), "examples", "wuxia");
    Compilation compilation =
        new Compilation(FleetFolder.of(example), Optional.empty(), new KruiseGameTarget());
    int nodes = 0;
    for (Compiled compiled : compilation.compiled().values()) {
      Path folder = write(compiled);
      for (Node node : compiled.overlay().nodes().values()) {
        load(folder.resolve(node.name()));
        nodes++;
      }
    }
    assertTrue(nodes > 40, "only " + nodes + " nodes: " + compilation.diagnostics().sorted());
  }

  private Path write(Compiled compiled) throws Exception {
    for (Artifact artifact : OpenVswitch.artifacts(compiled.overlay(), compiled.tables().all())) {
      Path file = directory.resolve(artifact.path());
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        artifact.content().writeTo(out);
      }
    }
    return directory
        .resolve(compiled.overlay().environment())
        .resolve(compiled.overlay().cluster())
        .resolve("openvswitch");
  }

  /// Applies the files and asks the switch whether it has what they say.
  private void load(Path folder) throws Exception {
    try (PrivateSwitch it = PrivateSwitch.start(directory.resolve("run-" + folder.getFileName()))) {
      String apply = folder.resolve("apply.sh").toString();
      it.run("sh", apply);
      String flows = folder.resolve("flows.txt").toString();
      String difference = it.run("ovs-ofctl", "-OOpenFlow15", "diff-flows", "br-int", flows);
      assertEquals("", difference, folder.toString());
    }
  }
}
