package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Files and the command line that is run on them, from a page about a code.
///
/// @param files text by path
/// @param commands lines of a shell; the last one is of `gopsc` and is what the example is about
/// @param situation what goes on in the machine while the last command runs
record DiagnosticExample(
    SortedMap<String, String> files, List<String> commands, Optional<Situation> situation) {
  private static final Set<String> TAKES_PATH = Set.of("-o", "--output", "--certificate");

  DiagnosticExample {
    files = new TreeMap<>(files);
    commands = List.copyOf(commands);
  }

  /// The last command.
  String command() {
    return commands.getLast();
  }

  /// Writes the files into an empty folder and runs every command but the last one, which must all
  /// succeed.
  void prepare(Path folder) throws IOException, InterruptedException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    for (String command : commands.subList(0, commands.size() - 1)) {
      Run run =
          command.startsWith("gopsc ")
              ? Gops.run(arguments(command, folder))
              : Run.of(folder, Map.of(), List.of("sh", "-c", command));
      assertEquals(0, run.code(), () -> command + "\n" + run.out() + run.err());
    }
  }

  /// Runs the last command in a folder that is prepared.
  ///
  /// @param more arguments behind those of the page
  Run run(Path folder, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(arguments(command(), folder)));
    arguments.addAll(List.of(more));
    String[] line = arguments.toArray(String[]::new);
    Run run =
        situation.isPresent()
            ? situation.get().around(folder, () -> Gops.run(line))
            : Gops.run(line);
    return new Run(run.code(), shown(run.out(), folder), shown(run.err(), folder));
  }

  /// The command line as if it were typed in `folder`: the tests have a folder of their own.
  static String[] arguments(String command, Path folder) {
    List<String> words = List.of(command.strip().split(" +", -1));
    List<String> arguments = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      arguments.add(
          isPath(words.get(i - 1), words.get(i), folder)
              ? folder.resolve(words.get(i)).normalize().toString()
              : words.get(i));
    }
    return arguments.toArray(String[]::new);
  }

  private static boolean isPath(String before, String word, Path folder) {
    return TAKES_PATH.contains(before)
        || (!before.equals("gopsc")
            && !before.equals("--env")
            && Files.exists(folder.resolve(word)));
  }

  private static String shown(String text, Path folder) {
    return text.replace(folder + "/", "")
        .replace(folder.toString(), ".")
        .replaceAll("\\S+/(gopsc-crash-)\\d+", "/tmp/$1…");
  }
}
