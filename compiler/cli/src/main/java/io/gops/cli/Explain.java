package io.gops.cli;

import io.gops.diagnostic.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// Prints the page of a diagnostic: its cause, an example that has it, one that has not.
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
    spec.usageMessage().description("Explain a diagnostic: what it means and how to mend it.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("CODE")
            .description("The code in the brackets of a message, for example GOPS2003.")
            .index("0")
            .arity("1")
            .type(String.class)
            .build());
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    String code = arguments.matchedPositionalValue(0, "").toUpperCase(Locale.ROOT);
    Optional<String> page =
        Arrays.stream(Code.values())
            .filter(known -> known.name().equals(code) || known.name().equals("GOPS" + code))
            .findFirst()
            .flatMap(Explain::page);
    if (page.isEmpty()) {
      terminal.err().println("gopsc: no diagnostic has the code " + code);
      return ExitCode.USAGE;
    }
    terminal.out().print(page.get());
    return ExitCode.OK;
  }

  private static Optional<String> page(Code code) {
    String name = "diagnostics/" + code.name() + ".md";
    try (InputStream in = Explain.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
