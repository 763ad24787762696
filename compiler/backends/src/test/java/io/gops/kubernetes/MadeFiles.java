package io.gops.kubernetes;

import io.gops.artifact.Artifact;
import io.gops.artifact.Artifacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Files that are made at the end, all at once, and then checked as the compiler checks them.
public final class MadeFiles implements Artifacts {
  private final List<Artifact> artifacts = new ArrayList<>();
  private final List<Runnable> checks = new ArrayList<>();

  @Override
  public void accept(Artifact artifact) {
    artifacts.add(artifact);
  }

  @Override
  public void onceMade(Runnable check) {
    checks.add(check);
  }

  /// The texts by path.
  public SortedMap<String, String> texts() throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    for (Artifact artifact : artifacts) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      artifact.content().writeTo(out);
      files.put(artifact.path(), out.toString(StandardCharsets.UTF_8));
    }
    checks.forEach(Runnable::run);
    return files;
  }
}
