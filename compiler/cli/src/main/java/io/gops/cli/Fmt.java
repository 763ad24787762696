package io.gops.cli;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.diagnostic.Presentation;
import io.gops.format.Formatter;
import io.gops.source.GivenFile;
import io.gops.source.SourceFile;
import io.gops.source.SystemReason;
import io.gops.syntax.Parser;
import io.gops.syntax.SourceText;
import io.gops.syntax.SyntaxTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Lays out `.gops` files in the one way there is, or says which of them are not.
///
/// A file with a syntax error is reported and left as it is.
final class Fmt implements Command {
  private static final Path STANDARD_INPUT = Path.of("-");

  private final Terminal terminal;

  Fmt(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "fmt";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description("Format files: indentation, spaces and columns; words and comments stay.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("PATH")
            .description(
                "Files, folders with all their .gops files, or - for standard input;"
                    + " otherwise the current folder.")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--check")
            .description("Write nothing; exit with 5 and list the files that are not formatted.")
            .type(boolean.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--stdin")
            .description("Read standard input and print it formatted, as - does.")
            .type(boolean.class)
            .build());
    spec.addOption(Options.languageOption());
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    List<Path> paths = arguments.matchedPositionalValue(0, List.of());
    boolean isCheck = arguments.hasMatchedOption("--check");
    Language language = Options.language(arguments);
    boolean isInput = arguments.hasMatchedOption("--stdin") || paths.contains(STANDARD_INPUT);
    if (isInput && paths.stream().anyMatch(path -> !path.equals(STANDARD_INPUT))) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "standard input and files exclude each other");
    }
    Diagnostics diagnostics = new Diagnostics();
    int unformatted =
        isInput
            ? formatInput(isCheck, diagnostics)
            : formatFiles(paths.isEmpty() ? List.of(Path.of("")) : paths, isCheck, diagnostics);
    int code =
        new Report(
                diagnostics,
                new Presentation(Catalogue.of(language), UnaryOperator.identity(), "-"),
                UnaryOperator.identity(),
                List.of(),
                Optional.empty())
            // The result of standard input is the text alone.
            .print(isInput ? terminal.speakingToMessages() : terminal, name(), Format.TEXT);
    return code == ExitCode.OK && isCheck && unformatted > 0 ? ExitCode.OUT_OF_DATE : code;
  }

  /// @return 1 when the text changes by formatting, else 0
  private int formatInput(boolean isCheck, Diagnostics diagnostics) {
    byte[] bytes;
    try {
      bytes = GivenFile.read(terminal.in(), "standard input", GivenFile.SOURCE);
    } catch (IOException e) {
      diagnostics.report(Diagnostic.of(Code.GOPS2033, "standard input", SystemReason.of(e)));
      return 0;
    }
    SourceFile file = SourceText.decode("standard input", bytes, diagnostics);
    Optional<String> formatted = formatted(file, diagnostics);
    boolean changes = formatted.filter(text -> !text.equals(file.text())).isPresent();
    if (isCheck) {
      formatted
          .filter(_ -> changes)
          .ifPresent(text -> LayoutHint.print(file, text, terminal.out()));
    } else {
      formatted.ifPresent(terminal.out()::print);
    }
    return changes ? 1 : 0;
  }

  /// @return how many files change by formatting
  private int formatFiles(List<Path> paths, boolean isCheck, Diagnostics diagnostics) {
    SortedSet<Path> files = files(paths, diagnostics);
    int unformatted = 0;
    for (Path path : files) {
      SourceFile file;
      try {
        file =
            SourceText.decode(path.toString(), GivenFile.read(path, GivenFile.SOURCE), diagnostics);
      } catch (IOException e) {
        diagnostics.report(Diagnostic.of(Code.GOPS2033, path, SystemReason.of(e)));
        continue;
      }
      Optional<String> text =
          formatted(file, diagnostics).filter(layout -> !layout.equals(file.text()));
      if (text.isPresent()) {
        unformatted++;
        if (isCheck) {
          LayoutHint.print(file, text.get(), terminal.out());
        } else {
          write(path, text.get(), diagnostics);
        }
      }
    }
    summary(files.size(), unformatted, isCheck);
    return unformatted;
  }

  private void summary(int files, int unformatted, boolean isCheck) {
    PrintStream err = terminal.err();
    String of = " of " + files + (files == 1 ? " file" : " files");
    if (isCheck && unformatted > 0) {
      err.println("gopsc: " + unformatted + of + " not formatted; gopsc fmt formats them");
    } else if (!isCheck) {
      err.println("gopsc: " + unformatted + of + " formatted");
    }
  }

  /// The text in its canonical layout; absent after an error.
  private static Optional<String> formatted(SourceFile file, Diagnostics diagnostics) {
    Diagnostics own = new Diagnostics();
    boolean isText =
        diagnostics.sorted().stream()
            .noneMatch(d -> d.place().filter(place -> place.file() == file).isPresent());
    if (!isText) {
      return Optional.empty();
    }
    SyntaxTree tree = Parser.parse(file, own);
    diagnostics.reportAll(own.sorted());
    return own.hasErrors() ? Optional.empty() : Optional.of(Formatter.format(tree));
  }

  private static SortedSet<Path> files(List<Path> paths, Diagnostics diagnostics) {
    SortedSet<Path> files = new TreeSet<>();
    for (Path path : paths) {
      try {
        if (Files.isDirectory(path)) {
          files.addAll(GopsFiles.under(path));
        } else if (Files.exists(path)) {
          files.add(path.normalize());
        } else {
          diagnostics.report(Diagnostic.of(Code.GOPS2030, path));
        }
      } catch (IOException e) {
        diagnostics.report(Diagnostic.of(Code.GOPS2033, path, SystemReason.of(e)));
      }
    }
    return files;
  }

  private static void write(Path path, String text, Diagnostics diagnostics) {
    try {
      GopsFiles.replace(path, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      diagnostics.report(Diagnostic.of(Code.GOPS6002, path, SystemReason.of(e)));
    }
  }
}
