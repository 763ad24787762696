package io.gops.cli;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Spelling;
import io.gops.schema.LanguageReference;
import io.gops.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// Explains a diagnostic by its page, a kind or attribute by the schema, and a line of a source by
/// the places that its values came from.
final class Explain implements Command {
  private final Terminal terminal;

  Explain(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description("Explain a diagnostic, a kind or attribute, or the values on a line.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("CODE|KIND[.ATTRIBUTE]|FILE:LINE")
            .description(
                "The code of a message (GOPS2003), a kind (zones), an attribute (zones.players), or"
                    + " a line of a source (games/clx.gops:52).")
            .index("0")
            .arity("1")
            .type(String.class)
            .build());
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    String asked = arguments.matchedPositionalValue(0, "");
    Optional<SourceLine> line = SourceLine.parse(asked);
    if (line.isPresent()) {
      return new ExplainLine(terminal).run(line.get());
    }
    Optional<String> text = page(asked).or(() -> language(asked));
    if (text.isEmpty()) {
      terminal.err().println("gopsc: nothing is called " + asked + meant(asked));
      return ExitCode.USAGE;
    }
    terminal.out().print(text.get());
    return ExitCode.OK;
  }

  /// The page of a diagnostic.
  private static Optional<String> page(String asked) {
    String code = asked.toUpperCase(Locale.ROOT);
    return Arrays.stream(Code.values())
        .filter(known -> known.name().equals(code) || known.name().equals("GOPS" + code))
        .findFirst()
        .flatMap(Explain::resource);
  }

  /// The page about a code in Markdown; empty when there is none.
  static String markdown(Code code) {
    return resource(code).orElse("");
  }

  private static Optional<String> resource(Code code) {
    String name = "diagnostics/" + code.name() + ".md";
    try (InputStream in = Explain.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The kinds and attributes of that name.
  private static Optional<String> language(String asked) {
    LanguageReference reference = new LanguageReference(Schema.language());
    List<String> sections =
        Stream.concat(
                reference.kinds(asked).stream().map(LanguageReference::section),
                reference.attributes(asked).stream().map(LanguageReference::section))
            .distinct()
            .toList();
    return sections.isEmpty()
        ? Optional.empty()
        : Optional.of(sections.stream().collect(Collectors.joining("\n")));
  }

  private static String meant(String asked) {
    List<String> names = new LanguageReference(Schema.language()).names();
    return Spelling.nearest(asked, names).map(name -> "; did you mean " + name + "?").orElse("");
  }
}
