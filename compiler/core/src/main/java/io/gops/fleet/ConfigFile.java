package io.gops.fleet;

import io.gops.source.Origins;
import java.util.List;

/// A small text file that a container reads, the same for the whole life of a version.
///
/// @param path absolute path of the file
/// @param lines without their line ends
public record ConfigFile(String path, List<Interpolation> lines, Origins origins) {
  public ConfigFile {
    lines = List.copyOf(lines);
  }
}
