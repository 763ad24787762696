package io.gops.output;

import java.io.IOException;
import java.nio.file.Path;

/// Writes one version after the other until it is killed.
final class KilledWriter {
  private KilledWriter() {}

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    for (int version = Integer.parseInt(args[1]); ; version++) {
      SampleOutput.mustWrite(root, version);
      System.out.println(version);
    }
  }
}
