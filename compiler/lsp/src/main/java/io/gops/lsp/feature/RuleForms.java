package io.gops.lsp.feature;

import io.gops.lsp.fleet.View;
import io.gops.lsp.meaning.Cursor;
import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.ParameterInformation;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureInformation;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// How a rule is written, while it is being written: from whom, to whom, which port.
public final class RuleForms {
  private static final String ENDPOINT =
      "`internet`, a game or zones (`clx`), a part of it (`clx.engine`, `clx.gate`), a side"
          + " (`clx.a`), a service (`db`), a whole network (`vpc.wuxia`) or `servers` for those of"
          + " each game in the VPC.";

  private RuleForms() {}

  public static Optional<SignatureHelp> at(View view, int offset) {
    List<String> before = Cursor.at(view.tree(), offset).before();
    if (before.isEmpty()) {
      return Optional.empty();
    }
    return switch (before.getFirst()) {
      case "allow" ->
          Optional.of(
              help(
                  "allow FROM -> TO:PORT",
                  "What no rule allows is denied; an earlier rule wins.",
                  before));
      case "deny" ->
          Optional.of(
              help("deny FROM <-> TO", "Denied in this direction; `<->` for both.", before));
      case "expect" ->
          Optional.of(
              help(
                  "expect not FROM -> TO:PORT",
                  "Proved of the flow tables: an expectation that does not hold is an error.",
                  before));
      default -> Optional.empty();
    };
  }

  private static SignatureHelp help(String form, String doc, List<String> before) {
    SignatureInformation signature = new SignatureInformation(form);
    signature.setDocumentation(markdown(doc));
    boolean hasPort = form.contains("PORT");
    signature.setParameters(
        hasPort
            ? List.of(
                parameter("FROM", ENDPOINT),
                parameter("TO", ENDPOINT),
                parameter("PORT", "The name of a port, or a number; every port without one."))
            : List.of(parameter("FROM", ENDPOINT), parameter("TO", ENDPOINT)));
    boolean isBehindArrow = before.contains("->") || before.contains("<->");
    boolean isPort = isBehindArrow && before.lastIndexOf(":") > before.indexOf("->");
    int active = isPort && hasPort ? 2 : isBehindArrow ? 1 : 0;
    signature.setActiveParameter(active);
    return new SignatureHelp(List.of(signature), 0, active);
  }

  private static ParameterInformation parameter(String name, String doc) {
    ParameterInformation parameter = new ParameterInformation(name);
    parameter.setDocumentation(markdown(doc));
    return parameter;
  }

  private static Either<String, MarkupContent> markdown(String text) {
    return Either.forRight(new MarkupContent(MarkupKind.MARKDOWN, text));
  }
}
