package io.gops.openvswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The files of the flagship example, node by node, in a real switch.
@Tag("ovs")
class ExampleSwitchTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"wuxia, 46", "five-zones, 8"})
  void everyNodeTakesItsFiles(String name, int expected) throws Exception {
    Path example = Path.of(System.getProperty("gops.root"), "examples", name);
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
    assertEquals(expected, nodes, () -> compilation.diagnostics().sorted().toString());
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
