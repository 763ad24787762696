package io.gops.cli;

import io.gops.diagnostic.Failure;
import io.gops.diagnostic.Spelling;
import io.gops.source.SystemReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Writes a small fleet that compiles, to begin with.
final class Init implements Command {
  private final Terminal terminal;

  Init(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "init";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description("Write a small fleet to begin with; no file is ever overwritten.")
        .footer(
            Stream.concat(
                    Stream.of("", "Stories (small if not said):"),
                    Arrays.stream(Story.values())
                        .map(story -> "  " + story.word() + ": " + story.about()))
                .toArray(String[]::new));
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("[STORY] FOLDER")
            .description("What the fleet shows, and where to write it.")
            .index("0..1")
            .arity("1..2")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .completionCandidates(Arrays.stream(Story.values()).map(Story::word).toList())
            .build());
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    List<String> words = arguments.matchedPositionalValue(0, List.of());
    Path folder = Path.of(words.getLast());
    Story story = words.size() == 1 ? Story.SMALL : story(words.getFirst(), arguments);
    try {
      return write(story, folder);
    } catch (IOException e) {
      terminal.err().println("gopsc: cannot write " + SystemReason.named(e));
      return Failure.INPUT_OUTPUT.exitCode();
    }
  }

  private static Story story(String word, ParseResult arguments) {
    return Story.of(word)
        .orElseThrow(
            () -> {
              TreeSet<String> known = new TreeSet<>();
              Arrays.stream(Story.values()).map(Story::word).forEach(known::add);
              String meant =
                  Spelling.nearest(word, known)
                      .map(name -> "; did you mean " + name + "?")
                      .orElse("; there are " + Story.list());
              return new ParameterException(
                  arguments.commandSpec().commandLine(), "no story is called " + word + meant);
            });
  }

  /// Looks before it writes, so that a folder is left as it is or has all files.
  private int write(Story story, Path folder) throws IOException {
    Optional<Path> taken =
        story.files().stream()
            .map(folder::resolve)
            .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
            .findFirst();
    if (taken.isPresent()) {
      terminal.err().println("gopsc: " + taken.get() + " exists; nothing was written");
      return Failure.INPUT_OUTPUT.exitCode();
    }
    Files.createDirectories(folder);
    for (String file : story.files()) {
      Path path = folder.resolve(file);
      Files.write(path, story.bytes(file), StandardOpenOption.CREATE_NEW);
      terminal.out().println("wrote " + path);
    }
    String fleet =
        story == Story.SMALL ? folder.resolve("game.gops").toString() : folder.toString();
    terminal.out().println("next: gopsc check " + fleet);
    return ExitCode.OK;
  }
}
