package io.gops.git;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A folder as a commit has it. Its objects are read; nothing is checked out, no hook and no filter
/// runs, no remote is asked, and no replacement of an object counts.
///
/// @param commit its full name
/// @param prefix the folder below the top of the repository, with a slash at its end; empty for the
///     top
public record GitRevision(Path folder, String commit, String prefix) {
  /// Bytes of one file that a fleet may have; more is a mistake or an attack.
  private static final long LARGEST = 64L << 20;

  private static final String REGULAR = "100";

  /// The commit that a person named.
  ///
  /// @param folder inside a working tree; need not be in the commit
  public static GitRevision of(Path folder, String revision) throws GitFailure {
    String prefix = text(folder, "rev-parse", "--show-prefix");
    String commit;
    try {
      commit = commit(folder, revision);
    } catch (GitFailure unknown) {
      throw new GitFailure(why(folder), "git knows no revision " + revision, unknown);
    }
    // Older versions of git print the option that ends the options.
    String name = commit.lines().reduce("", (_, last) -> last);
    if (!name.matches("[0-9a-f]{40,64}")) {
      throw new GitFailure(why(folder), "git knows no revision " + revision);
    }
    return new GitRevision(folder, name, prefix);
  }

  private static String commit(Path folder, String revision) throws GitFailure {
    return text(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
  }

  /// Why a revision is not known.
  private static GitFailure.Kind why(Path folder) throws GitFailure {
    if (text(folder, "rev-parse", "--is-shallow-repository").equals("true")) {
      return GitFailure.Kind.SHALLOW;
    }
    return text(folder, "rev-list", "--all", "--max-count=1").isEmpty()
        ? GitFailure.Kind.NO_COMMIT
        : GitFailure.Kind.UNKNOWN_REVISION;
  }

  /// The regular files of the folder, by path below it.
  public SortedMap<String, byte[]> files(Predicate<String> wanted) throws GitFailure {
    Map<String, String> objects = new LinkedHashMap<>();
    for (String entry : tree().split("\0", -1)) {
      int tab = entry.indexOf('\t');
      if (tab < 0) {
        continue;
      }
      String path = entry.substring(tab + 1);
      String[] words = entry.substring(0, tab).split(" +", -1);
      if (path.startsWith(prefix)
          && words.length == 3
          && words[0].startsWith(REGULAR)
          && wanted.test(path.substring(prefix.length()))) {
        objects.put(path.substring(prefix.length()), words[2]);
      }
    }
    return contents(objects);
  }

  private String tree() throws GitFailure {
    List<String> arguments = new ArrayList<>(List.of("ls-tree", "-r", "-z", "--full-tree", commit));
    if (!prefix.isEmpty()) {
      arguments.add("--");
      arguments.add(prefix);
    }
    return new String(
        output(start(folder, arguments.toArray(String[]::new)), new byte[0]),
        StandardCharsets.UTF_8);
  }

  private SortedMap<String, byte[]> contents(Map<String, String> objects) throws GitFailure {
    SortedMap<String, byte[]> files = new TreeMap<>();
    if (objects.isEmpty()) {
      return files;
    }
    String names = String.join("\n", objects.values()) + "\n";
    byte[] answers =
        output(start(folder, "cat-file", "--batch"), names.getBytes(StandardCharsets.US_ASCII));
    int at = 0;
    for (String path : objects.keySet()) {
      int end = at;
      while (end < answers.length && answers[end] != '\n') {
        end++;
      }
      String[] header = new String(answers, at, end - at, StandardCharsets.US_ASCII).split(" ", -1);
      if (header.length != 3 || !header[1].equals("blob")) {
        throw refused("git cannot read " + path + " of " + commit);
      }
      int size = Integer.parseInt(header[2]);
      files.put(path, java.util.Arrays.copyOfRange(answers, end + 1, end + 1 + size));
      at = end + 1 + size + 1;
    }
    return files;
  }

  private static String text(Path folder, String... arguments) throws GitFailure {
    byte[] output = output(start(folder, arguments), new byte[0]);
    return new String(output, StandardCharsets.UTF_8).strip();
  }

  /// Whatever the repository configures is kept from running anything.
  private static Process start(Path folder, String... arguments) throws GitFailure {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "--no-pager",
                "--no-optional-locks",
                "--no-replace-objects",
                "--literal-pathspecs",
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.hooksPath=/dev/null",
                "-C",
                folder.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_NO_LAZY_FETCH", "1");
    builder.environment().put("GIT_ALLOW_PROTOCOL", "none");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new GitFailure(GitFailure.Kind.ABSENT, String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] output(Process process, byte[] input) throws GitFailure {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Thread feeder = Thread.ofVirtual().start(() -> feed(process.getOutputStream(), input));
    Thread reader = Thread.ofVirtual().start(() -> drain(process.getErrorStream(), errors));
    try (InputStream out = new BufferedInputStream(process.getInputStream())) {
      byte[] output = out.readNBytes((int) LARGEST + 1);
      if (output.length > LARGEST) {
        process.destroyForcibly();
        throw refused("the revision has more than " + (LARGEST >> 20) + " MiB of input");
      }
      feeder.join();
      reader.join();
      if (process.waitFor() != 0) {
        throw failure(errors.toString(StandardCharsets.UTF_8));
      }
      return output;
    } catch (IOException e) {
      throw new GitFailure(GitFailure.Kind.REFUSED, "git broke off: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new GitFailure(GitFailure.Kind.REFUSED, "interrupted", e);
    }
  }

  private static GitFailure refused(String reason) {
    return new GitFailure(GitFailure.Kind.REFUSED, reason);
  }

  /// What the first line of git's messages means; it has no codes for it.
  private static GitFailure failure(String messages) {
    String reason = messages.lines().findFirst().orElse("git refuses").replace("fatal: ", "");
    GitFailure.Kind kind =
        reason.startsWith("not a git repository") || reason.contains("must be run in a work tree")
            ? GitFailure.Kind.NO_CHECKOUT
            : reason.contains("dubious ownership")
                ? GitFailure.Kind.FOREIGN
                : GitFailure.Kind.REFUSED;
    return new GitFailure(kind, reason);
  }

  private static void feed(OutputStream to, byte[] input) {
    try (to) {
      to.write(input);
    } catch (IOException _) {
      // What git has to say of it is in its error output.
    }
  }

  private static void drain(InputStream from, ByteArrayOutputStream to) {
    try (from) {
      from.transferTo(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
