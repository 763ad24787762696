package io.gops.output;

import java.util.List;

/// What a compile changed on disk, or would change.
///
/// @param written files that are new or have new bytes, sorted; manifest and locks among them
/// @param removed files that are no longer generated, sorted
/// @param extra files between the generated ones that no compile wrote, sorted; only a comparison
///     looks for them
/// @param unchanged number of files that were right already
public record Changes(
    List<String> written, List<String> removed, List<String> extra, int unchanged) {
  public Changes {
    written = List.copyOf(written);
    removed = List.copyOf(removed);
    extra = List.copyOf(extra);
  }

  public boolean isEmpty() {
    return written.isEmpty() && removed.isEmpty() && extra.isEmpty();
  }
}
