package io.gops.artifact;

import io.gops.source.Origin;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// One generated file.
///
/// @param path relative to the output folder, `/` as separator
/// @param origins the declarations it was made from, for the manifest
/// @param executable whether it is a script
/// @param content writes the bytes; called at least once and writes the same bytes each time
public record Artifact(String path, List<Origin> origins, boolean executable, Content content) {
  /// The bytes of a file, streamed.
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  public Artifact {
    origins = List.copyOf(origins);
  }

  /// A file whose text fits in memory, in UTF-8.
  public static Artifact of(String path, List<Origin> origins, String text) {
    return new Artifact(
        path,
        origins,
        false,
        out -> out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  /// A large file.
  public static Artifact of(String path, List<Origin> origins, GatheredText text) {
    return new Artifact(path, origins, false, text);
  }

  /// A shell script, in UTF-8.
  public static Artifact script(String path, List<Origin> origins, String text) {
    Artifact plain = of(path, origins, text);
    return new Artifact(path, origins, true, plain.content());
  }
}
