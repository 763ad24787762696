package io.gops.lsp.feature;

import static io.gops.lsp.feature.Proposals.FIRST;
import static io.gops.lsp.feature.Proposals.SECOND;

import io.gops.lsp.meaning.Names;
import io.gops.lsp.meaning.Symbol;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CompletionItemKind;

/// What may stand in `allow`, `deny` and `expect`.
final class RuleCompletions {
  private final Names names;
  private final Proposals proposals;

  RuleCompletions(Names names, Proposals proposals) {
    this.names = names;
    this.proposals = proposals;
  }

  void endpoint(List<String> before) {
    boolean needsArrow = isEnd(before);
    if (needsArrow) {
      proposals.item("->", CompletionItemKind.Operator, "-> ", FIRST);
      proposals.item("<->", CompletionItemKind.Operator, "<-> ", SECOND);
      return;
    }
    if (before.getLast().equals(":")) {
      ports(before);
      return;
    }
    if (before.size() == 1 && before.getFirst().equals("expect")) {
      proposals.item("not", CompletionItemKind.Keyword, "not ", SECOND);
      proposals.item("fits", CompletionItemKind.Function, "fits { failed_hosts = 1 }", SECOND);
    }
    Stream.of("internet", "servers")
        .forEach(w -> proposals.path(w, CompletionItemKind.Keyword, ""));
    names
        .inside(List.of(), "service")
        .keySet()
        .forEach(n -> proposals.path(n, CompletionItemKind.Reference, "service"));
    names
        .inside(List.of(), "vpc")
        .keySet()
        .forEach(n -> proposals.path("vpc." + n, CompletionItemKind.Reference, "vpc"));
    names
        .inside(List.of(), "zones")
        .keySet()
        .forEach(n -> proposals.path(n, CompletionItemKind.Reference, "zones"));
    for (String game : names.inside(List.of(), "game").keySet()) {
      proposals.path(game, CompletionItemKind.Class, "game");
      Stream.of("a", "b")
          .forEach(
              side -> proposals.path(game + "." + side, CompletionItemKind.EnumMember, "side"));
      Stream.of("role", "container")
          .flatMap(space -> names.inside(List.of(game), space).keySet().stream())
          .forEach(part -> proposals.path(game + "." + part, CompletionItemKind.Module, ""));
    }
  }

  /// Whether the words before end with a whole endpoint.
  private static boolean isEnd(List<String> before) {
    String last = before.getLast();
    return before.size() > 1
        && !Set.of("->", "<->", ".", ":", "not", "expect", "allow", "deny").contains(last);
  }

  /// Ports behind `clx.engine:`.
  private void ports(List<String> before) {
    int from = before.size() - 1;
    while (from > 0
        && !Set.of("->", "<->", "allow", "deny", "expect", "not").contains(before.get(from - 1))) {
      from--;
    }
    List<String> path =
        before.subList(from, before.size() - 1).stream().filter(w -> !w.equals(".")).toList();
    Set<String> ports = new TreeSet<>();
    List<String> owner = path.isEmpty() ? List.of() : path;
    ports.addAll(names.inside(owner, "port").keySet());
    names
        .inside(owner, "container")
        .keySet()
        .forEach(
            c -> ports.addAll(names.inside(Symbol.inside(owner, "", c).path(), "port").keySet()));
    if (!owner.isEmpty() && owner.getFirst().equals("servers")) {
      names.symbols("port").forEach(symbol -> ports.add(symbol.name()));
    }
    ports.forEach(port -> proposals.item(port, CompletionItemKind.Field, port, FIRST));
  }
}
