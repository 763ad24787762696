package io.gops.cli;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Language;
import io.gops.diagnostic.Presentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The options of every command that reads a fleet.
///
/// @param path a folder with `fleet.gops`, or one file
/// @param environment the only one to work on; all when absent
/// @param threads how much work runs at once
record Options(
    Path path, Optional<String> environment, int threads, Language language, Format format) {

  static void describe(CommandSpec spec) {
    describeSource(spec);
    describeWork(spec);
    describeReport(spec);
  }

  /// What to read.
  static void describeSource(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("PATH")
            .description("The fleet: a folder with fleet.gops, or one .gops file.")
            .index("0")
            .arity("1")
            .required(true)
            .type(Path.class)
            .build());
  }

  /// How much to work on.
  static void describeWork(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("--env")
            .paramLabel("NAME")
            .description("Only this environment; otherwise all.")
            .type(String.class)
            .build());
    spec.addOption(
        OptionSpec.builder("--threads")
            .paramLabel("N")
            .description("Work on N things at once; otherwise as many as there are processors.")
            .type(Integer.class)
            .build());
  }

  /// How to say what was found.
  static void describeReport(CommandSpec spec) {
    spec.addOption(languageOption());
    spec.addOption(
        OptionSpec.builder("--format")
            .paramLabel("FORMAT")
            .description("Results as " + Format.list() + "; text if not said.")
            .completionCandidates(Arrays.stream(Format.values()).map(Format::toString).toList())
            .type(Format.class)
            .converters(Options::format)
            .build());
  }

  /// The option for the language of messages, which every command takes that has some.
  static OptionSpec languageOption() {
    return OptionSpec.builder("--lang")
        .paramLabel("LANGUAGE")
        .description("Language of messages: en or zh; otherwise GOPSC_LANG decides, otherwise en.")
        .completionCandidates(List.of("en", "zh"))
        .type(Language.class)
        .converters(Options::language)
        .build();
  }

  static Options of(ParseResult arguments) {
    return of(arguments, arguments.matchedPositionalValue(0, Path.of(".")));
  }

  /// For a command that finds the fleet in its own way.
  static Options of(ParseResult arguments, Path path) {
    int threads =
        arguments.matchedOptionValue("--threads", Runtime.getRuntime().availableProcessors());
    if (threads < 1 || threads > 256) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "--threads must be 1 to 256");
    }
    return new Options(
        path,
        Optional.ofNullable(arguments.matchedOptionValue("--env", null)),
        threads,
        language(arguments),
        arguments.matchedOptionValue("--format", Format.TEXT));
  }

  /// The fleet's folder.
  Path folder() {
    Path parent = path.getParent();
    return Files.isDirectory(path) ? path : parent == null ? Path.of("") : parent;
  }

  /// A path in the fleet's folder as the person who typed [#path] can open it.
  String shown(String inFleet) {
    boolean isLibrary = inFleet.startsWith("std/") && !Files.exists(folder().resolve(inFleet));
    return isLibrary ? inFleet : folder().resolve(inFleet).normalize().toString();
  }

  /// As [#shown], but always from where the command runs, with `../` if need be: programs that read
  /// reports know files by their path in the checkout, and the checkout may be anywhere.
  String fromHere(String inFleet) {
    Path shown = Path.of(shown(inFleet));
    Path here = Path.of("").toAbsolutePath();
    boolean hasWay = shown.isAbsolute() && Objects.equals(here.getRoot(), shown.getRoot());
    return (hasWay ? here.relativize(shown) : shown).toString().replace('\\', '/');
  }

  /// How a program that reads the report is told about diagnostics.
  Presentation presentation() {
    Path name = path.getFileName();
    String root = Files.isDirectory(path) || name == null ? "fleet.gops" : name.toString();
    return new Presentation(Catalogue.of(language), this::fromHere, fromHere(root));
  }

  /// The language that was asked for. The locale has no say: what a build server prints must not
  /// depend on where it stands.
  static Language language(ParseResult arguments) {
    Language chosen = arguments.matchedOptionValue("--lang", null);
    String variable = System.getenv("GOPSC_LANG");
    if (chosen != null || variable == null || variable.isEmpty()) {
      return chosen == null ? Language.ENGLISH : chosen;
    }
    try {
      return language(variable);
    } catch (CommandLine.TypeConversionException e) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(), "GOPSC_LANG: " + e.getMessage(), e);
    }
  }

  private static Language language(String tag) {
    for (Language language : Language.values()) {
      if (language.tag().equals(tag)) {
        return language;
      }
    }
    throw new CommandLine.TypeConversionException("'" + tag + "' is not one of en, zh");
  }

  private static Format format(String name) {
    for (Format format : Format.values()) {
      if (format.toString().equals(name)) {
        return format;
      }
    }
    throw new CommandLine.TypeConversionException("'" + name + "' is not one of " + Format.list());
  }
}
