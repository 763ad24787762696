package io.gops.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What git holds of a file that it could not merge: the versions of the base and of both branches.
/// Read from the index; nothing is checked out.
///
/// @param base absent when both branches added the file
record MergeStages(Optional<String> base, String ours, String theirs) {

  /// Absent when the file is not in a conflict, or not in a checkout.
  static Optional<MergeStages> of(Path file) {
    Path name = file.getFileName();
    Path folder = file.toAbsolutePath().getParent();
    if (name == null || folder == null) {
      return Optional.empty();
    }
    Optional<String> ours = stage(folder, 2, name.toString());
    Optional<String> theirs = stage(folder, 3, name.toString());
    return ours.isPresent() && theirs.isPresent()
        ? Optional.of(new MergeStages(stage(folder, 1, name.toString()), ours.get(), theirs.get()))
        : Optional.empty();
  }

  private static Optional<String> stage(Path folder, int number, String name) {
    List<String> command =
        List.of("git", "-C", folder.toString(), "cat-file", "blob", ":" + number + ":./" + name);
    try {
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      git.getOutputStream().close();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      // Without git the markers in the file have to do.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
