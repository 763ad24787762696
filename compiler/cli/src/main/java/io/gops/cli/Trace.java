package io.gops.cli;

import io.gops.compilation.Compiled;
import io.gops.diagnostic.Harmless;
import io.gops.diagnostic.Palette;
import io.gops.network.trace.CookieUse;
import io.gops.network.trace.Question;
import io.gops.network.trace.SwitchTrace;
import io.gops.network.trace.Tracer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Follows a packet through the flow tables, and says in terms of the source what a cookie or the
/// output of a switch speaks of.
final class Trace implements Command {
  private static final String STANDARD_INPUT = "-";
  private static final String COOKIE = "0x60[0-9a-f]{14}";

  private final Terminal terminal;

  Trace(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "trace";
  }

  @Override
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "Follow a packet through the flow tables, in terms of the source.",
            "  gopsc trace PATH 'clx.engine -> db:3306'      would it arrive, and why not",
            "  gopsc trace PATH internet 10001:client        the same without the arrow",
            "  gopsc trace PATH 0x6006c182d5431b9d           what made the flows of a cookie",
            "  ovs-appctl ofproto/trace … | gopsc trace PATH -   what each of its flows is")
        .footer(
            "",
            "An end is an endpoint of a policy (internet, clx.engine, clx-main.b, db, vpc.wuxia), a",
            "server (clx-10001-a/0), a pod (clx-10001-a-0), a group (10001) or an address. A port is",
            "a number, a name, tcp/N, udp/N or icmp; without one a port that is allowed is taken.",
            "",
            "Exit codes: 0 delivered or found, 1 dropped, 2 the question means nothing here, and",
            "those of gopsc check.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("[PATH] QUESTION")
            .description("The fleet (otherwise the current folder), and what to trace.")
            .index("0..*")
            .arity("1..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
    Options.describeWork(spec);
    Options.describeReport(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    List<String> words = arguments.matchedPositionalValue(0, List.of());
    boolean hasPath = words.size() > 1 && Files.exists(Path.of(words.getFirst()));
    Options options = Options.of(arguments, Path.of(hasPath ? words.getFirst() : "."));
    List<String> question = hasPath ? words.subList(1, words.size()) : words;
    Asked asked = asked(arguments, question);
    Pipeline pipeline = new Pipeline(options);
    try (Progress progress = new Progress(terminal)) {
      progress.show("compiling");
      pipeline.prove();
    }
    Report report =
        new Report(
            pipeline.diagnostics(),
            options.presentation(),
            options::shown,
            List.of(),
            Optional.empty());
    if (report.exitCode() != ExitCode.OK) {
      return report.print(terminal, name(), options.format());
    }
    return answer(arguments, options, report, only(arguments, pipeline), asked);
  }

  /// What the words of the command line ask for.
  private sealed interface Asked {
    record Connection(Question question) implements Asked {}

    record Cookie(long cookie) implements Asked {}

    record SwitchOutput(String printed) implements Asked {}
  }

  private Asked asked(ParseResult arguments, List<String> words) {
    String first = words.isEmpty() ? "" : words.getFirst();
    if (words.size() == 1 && first.equals(STANDARD_INPUT)) {
      return new Asked.SwitchOutput(read());
    }
    if (words.size() == 1 && first.matches(COOKIE)) {
      return new Asked.Cookie(Long.parseUnsignedLong(first.substring(2), 16));
    }
    return Question.parse(words)
        .<Asked>map(Asked.Connection::new)
        .orElseThrow(
            () ->
                wrong(
                    arguments,
                    "'"
                        + Harmless.text(String.join(" ", words))
                        + "' is no question: write 'FROM -> TO:PORT', a cookie or -"));
  }

  private String read() {
    try {
      return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ParameterException wrong(ParseResult arguments, String why) {
    return new ParameterException(arguments.commandSpec().commandLine(), why);
  }

  private static Compiled only(ParseResult arguments, Pipeline pipeline) {
    List<Compiled> compiled = pipeline.compiled();
    if (compiled.size() > 1) {
      throw wrong(
          arguments,
          "say with --env where: "
              + String.join(", ", compiled.stream().map(c -> c.fleet().environment()).toList()));
    }
    return compiled.getFirst();
  }

  private int answer(
      ParseResult arguments, Options options, Report report, Compiled compiled, Asked asked) {
    TraceText text = new TraceText(options::shown, palette(options));
    return switch (asked) {
      case Asked.Connection connection ->
          switch (new Tracer(compiled.deployment(), compiled.overlay(), compiled.tables()::of)
              .trace(connection.question())) {
            case Tracer.Answer.Unclear unclear -> throw wrong(arguments, unclear.why());
            case Tracer.Answer.Path path ->
                print(
                    options,
                    report.ending(path.path().isDelivered() ? ExitCode.OK : ExitCode.DROPPED),
                    text.path(path.path()),
                    json -> new TraceMembers(options::shown, json).path(path.path()));
          };
      case Asked.Cookie cookie -> {
        CookieUse use =
            CookieUse.of(cookie.cookie(), compiled.tables().nodes(), compiled.tables()::of)
                .orElseThrow(() -> wrong(arguments, "no flow of this fleet has that cookie"));
        yield print(
            options,
            report,
            text.cookie(use),
            json -> new TraceMembers(options::shown, json).cookie(use));
      }
      case Asked.SwitchOutput output -> {
        SwitchTrace.Reading reading =
            SwitchTrace.read(output.printed(), compiled.tables().nodes(), compiled.tables()::of);
        if (reading.known() == 0) {
          throw wrong(arguments, "the input names no flow of this fleet by its cookie");
        }
        yield print(
            options,
            report.ending(reading.isDropped() ? ExitCode.DROPPED : ExitCode.OK),
            text.reading(reading),
            json -> new TraceMembers(options::shown, json).reading(reading));
      }
    };
  }

  private Palette palette(Options options) {
    return options.format() == Format.TEXT ? terminal.outPalette() : Palette.PLAIN;
  }

  private int print(Options options, Report report, List<String> lines, Report.Details details) {
    Report full = options.format() == Format.TEXT ? report.saying(lines) : report;
    return full.print(terminal, name(), options.format(), details);
  }
}
