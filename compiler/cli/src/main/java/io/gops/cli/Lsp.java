package io.gops.cli;

import io.gops.lsp.server.LanguageServerProcess;
import io.gops.lsp.server.Library;
import java.io.OutputStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Serves an editor. The server's classes are loaded when this command runs and not before.
final class Lsp implements Command {
  private final Terminal terminal;

  Lsp(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "lsp";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description("Serve an editor with the Language Server Protocol over stdin and stdout.");
    spec.addOption(
        OptionSpec.builder("--stdio")
            .description("What editors add by themselves; the only way there is.")
            .type(boolean.class)
            .build());
    spec.addOption(Options.languageOption());
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    // Nothing but the protocol may reach the stream that the editor reads.
    OutputStream protocol = terminal.out();
    System.setOut(terminal.err());
    boolean saidGoodBye =
        LanguageServerProcess.serve(
            terminal.in(),
            protocol,
            Version.text(),
            new Library(Explain::markdown),
            Options.language(arguments));
    return saidGoodBye ? ExitCode.OK : ExitCode.NO_GOOD_BYE;
  }
}
