package io.gops.lsp.server;

import io.gops.compilation.Compiled;
import io.gops.deployment.Deployment;
import io.gops.deployment.Workload;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Fleet;
import io.gops.fleet.Gateway;
import io.gops.fleet.Policy;
import io.gops.fleet.Ports;
import io.gops.fleet.Vpc;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// The network of an environment as a page: each VPC with its servers, its gateways and its rules
/// in the order in which they count. The page holds no script and loads nothing.
final class NetworkPage {
  private final Fleet fleet;
  private final Deployment deployment;
  private final StringBuilder page = new StringBuilder();

  private NetworkPage(Compiled compiled) {
    this.fleet = compiled.fleet();
    this.deployment = compiled.deployment();
  }

  static String html(Compiled compiled) {
    NetworkPage page = new NetworkPage(compiled);
    page.write();
    return page.page.toString();
  }

  private void write() {
    String title = fleet.name() + " " + fleet.environment() + ": network";
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(escaped(title))
        .append("</title><style>")
        .append("body{font:14px system-ui,sans-serif;margin:1.5em;max-width:70em}")
        .append("table{border-collapse:collapse;margin:.5em 0 1.5em}")
        .append("td,th{border:1px solid #8884;padding:.25em .7em;text-align:left}")
        .append(".allow{color:#2e8b57}.deny{color:#c0392b}")
        .append("code{font-family:ui-monospace,monospace}")
        .append("</style></head><body><h1>")
        .append(escaped(title))
        .append("</h1>\n");
    deployment.vpcs().values().forEach(this::vpc);
    gateways();
    page.append("</body></html>\n");
  }

  private void vpc(Vpc vpc) {
    page.append("<h2>vpc ")
        .append(escaped(vpc.name()))
        .append(" <code>")
        .append(escaped(vpc.cidr().toString()))
        .append("</code></h2>\n<p>");
    vpc.internet()
        .ifPresent(name -> page.append("internet by ").append(escaped(name)).append(". "));
    vpc.backbone()
        .ifPresent(name -> page.append("backbone by ").append(escaped(name)).append(". "));
    page.append("</p>\n");
    servers(vpc);
    rules(vpc);
  }

  private void servers(Vpc vpc) {
    SortedMap<String, Integer> running = new TreeMap<>();
    SortedMap<String, Integer> all = new TreeMap<>();
    for (Workload workload : deployment.workloads().values()) {
      if (workload.zone().body().vpc().filter(vpc.name()::equals).isPresent()) {
        String name =
            workload.game().name() + (workload.paired() ? "." + workload.side().label() : "");
        running.merge(name, workload.replicas(), Integer::sum);
        all.merge(name, workload.wanted(), Integer::sum);
      }
    }
    page.append("<table><tr><th>servers</th><th>running</th><th>addresses</th></tr>\n");
    all.forEach(
        (name, count) ->
            row(name, Integer.toString(running.getOrDefault(name, 0)), Integer.toString(count)));
    page.append("</table>\n");
  }

  private void rules(Vpc vpc) {
    List<Policy> policies =
        deployment.policies().stream().filter(p -> p.vpc().equals(vpc.name())).toList();
    if (policies.isEmpty()) {
      page.append("<p class=\"deny\">No policy: nothing is allowed.</p>\n");
      return;
    }
    page.append("<table><tr><th></th><th>from</th><th>to</th><th>ports</th><th>rule</th></tr>\n");
    for (Policy policy : policies) {
      for (Policy.Rule rule : policy.rules()) {
        String verdict = rule.allow() ? "allow" : "deny";
        page.append("<tr class=\"").append(verdict).append("\"><td>").append(verdict);
        cell(rule.from().text());
        cell(rule.to().text());
        cell(
            rule.ports().any()
                ? "any"
                : String.join(", ", rule.ports().ports().stream().map(NetworkPage::port).toList()));
        cell(rule.place().file().path() + ":" + rule.place().line());
        page.append("</td></tr>\n");
      }
    }
    page.append("<tr><td class=\"deny\">deny</td><td colspan=\"4\">everything else</td></tr>")
        .append("</table>\n");
  }

  private static String port(Ports.Match port) {
    return port.protocol().name().toLowerCase(Locale.ROOT) + "/" + port.number();
  }

  private void gateways() {
    page.append("<h2>gateways and services</h2>\n")
        .append("<table><tr><th>name</th><th>machines</th><th>leads to</th></tr>\n");
    for (Gateway gateway : deployment.gateways().values()) {
      String behind =
          String.join(
              ", ",
              (gateway.addresses().isEmpty() ? gateway.prefixes() : gateway.addresses())
                  .stream().map(Object::toString).toList());
      row(gateway.name(), Integer.toString(gateway.nodes().size()), behind);
    }
    for (ExternalService service : deployment.services().values()) {
      row(
          service.name(),
          "",
          String.join(", ", service.prefixes().stream().map(Object::toString).toList()));
    }
    page.append("</table>\n");
  }

  private void row(String... cells) {
    page.append("<tr>");
    for (String cell : cells) {
      page.append("<td>").append(escaped(cell)).append("</td>");
    }
    page.append("</tr>\n");
  }

  private void cell(String text) {
    page.append("</td><td>").append(escaped(text));
  }

  /// Text of a person as text of a page.
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
