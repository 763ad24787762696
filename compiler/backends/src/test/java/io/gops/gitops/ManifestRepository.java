package io.gops.gitops;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// A bare repository with manifests, as a GitOps controller follows one, and a clone of it for
/// whoever commits.
public final class ManifestRepository {
  private final Path bare;
  private final Path clone;
  private final String folder;

  /// @param place an empty folder
  /// @param folder of the manifests in the repository
  public ManifestRepository(Path place, String folder, Map<String, String> manifests)
      throws IOException, InterruptedException {
    this.folder = folder;
    this.bare = place.resolve("manifests.git");
    this.clone = place.resolve("clone");
    git(place, "init", "-q", "--bare", "-b", "main", bare.toString());
    git(place, "clone", "-q", bare.toString(), clone.toString());
    git(clone, "checkout", "-q", "-b", "main");
    commit(manifests, "What runs");
  }

  /// With which the runner commits.
  public Path checkout() {
    return clone;
  }

  /// Where hooks are.
  public Path bare() {
    return bare;
  }

  /// Somebody else's commit.
  public void commit(Map<String, String> files, String message)
      throws IOException, InterruptedException {
    if (!git(bare, "branch", "--list", "main").isEmpty()) {
      git(clone, "pull", "-q", "--ff-only", "origin", "main");
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = clone.resolve(folder).resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.writeString(path, file.getValue());
    }
    git(clone, "add", "-A");
    git(clone, "commit", "-q", "-m", message);
    git(clone, "push", "-q", "origin", "main");
  }

  /// The commit that the controller has to apply.
  public String head() throws IOException, InterruptedException {
    return git(bare, "rev-parse", "main").strip();
  }

  /// The manifests of a commit, by path below their folder.
  public SortedMap<String, String> files(String commit) throws IOException, InterruptedException {
    SortedMap<String, String> files = new TreeMap<>();
    for (String path :
        git(bare, "ls-tree", "-r", "--name-only", commit, "--", folder + "/").lines().toList()) {
      files.put(path.substring(folder.length() + 1), git(bare, "show", commit + ":" + path));
    }
    return files;
  }

  /// Messages of all commits, the newest first.
  public List<String> messages() throws IOException, InterruptedException {
    String all = git(bare, "log", "--format=%B%x00", "main");
    List<String> messages = new ArrayList<>();
    for (String message : all.split("\0", -1)) {
      if (!message.isBlank()) {
        messages.add(message.strip());
      }
    }
    return messages;
  }

  private static String git(Path where, String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-C", where.toString(), "-c", "user.name=t", "-c", "user.email=t@t"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + text);
    }
    return text;
  }
}
