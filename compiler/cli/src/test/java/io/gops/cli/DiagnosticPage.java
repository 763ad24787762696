package io.gops.cli;

import io.gops.diagnostic.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The page about a code in `docs/diagnostics`, read for its two examples. `golden/README.md` says
/// how an example is written.
record DiagnosticPage(Code code, String text) {
  private static final Path FOLDER = Run.ROOT.resolve("docs/diagnostics");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*) *(\\S*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final List<String> CHECK = List.of("gopsc check .");

  static DiagnosticPage of(Code code) throws IOException {
    return new DiagnosticPage(code, Files.readString(FOLDER.resolve(code + ".md")));
  }

  DiagnosticExample fails() throws IOException {
    return example("Fails");
  }

  DiagnosticExample passes() throws IOException {
    return example("Passes");
  }

  private DiagnosticExample example(String section) throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    List<String> commands = CHECK;
    Optional<Situation> situation = Optional.empty();
    for (MatchResult block : BLOCK.matcher(section(section)).results().toList()) {
      String content = block.group(3);
      switch (block.group(1)) {
        case "console" -> commands = commands(content);
        case "situation" -> situation = Optional.of(Situation.of(content.strip()));
        default -> files.put(path(block), content);
      }
    }
    files.put("base.gops", Files.readString(FOLDER.resolve("example-fleet.gops")));
    boolean hasExample =
        files.containsKey("example.gops") || String.join(" ", commands).contains("example.gops");
    files.putIfAbsent("fleet.gops", fleet(hasExample));
    return new DiagnosticExample(files, commands, situation);
  }

  private String section(String title) {
    int start = text.indexOf("\n## " + title + "\n");
    if (start < 0) {
      throw new AssertionError(code + " has no section " + title);
    }
    int end = text.indexOf("\n## ", start + 1);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  private String path(MatchResult block) {
    if (!block.group(2).isEmpty()) {
      return block.group(2);
    }
    if (!block.group(1).equals("gops")) {
      throw new AssertionError(code + ": say which file this is: " + block.group());
    }
    return "example.gops";
  }

  private static List<String> commands(String content) {
    List<String> commands = new ArrayList<>();
    for (String line : content.lines().toList()) {
      if (!line.startsWith("$ ")) {
        throw new AssertionError("a console block holds lines that begin with $: " + line);
      }
      commands.add(line.substring(2));
    }
    return commands;
  }

  private static String fleet(boolean hasExample) {
    String files = hasExample ? "\"base.gops\", \"example.gops\"" : "\"base.gops\"";
    return "fleet demo { environment default { cluster = hz, include = [" + files + "] } }\n";
  }
}
