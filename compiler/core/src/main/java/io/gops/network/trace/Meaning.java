package io.gops.network.trace;

import io.gops.network.flow.Declaration;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowKind;
import io.gops.network.flow.FlowTable;

/// What a flow is for, told from the flow alone.
public final class Meaning {
  private Meaning() {}

  /// A few words such as `rule: allow clx.engine -> db:tcp/3306` or `server clx-10001-a/0`.
  public static String of(Flow flow) {
    String thing = thing(flow.declaration());
    return switch (flow.kind()) {
      case DEFAULT -> miss(flow);
      case ACL -> (flow.isClause() ? "part of " : "") + thing;
      case CLASSIFY -> "packets of " + thing;
      case ANTI_SPOOF -> "addresses of " + thing;
      case ROUTE ->
          (flow.actions().isEmpty() ? "no way to unused addresses of " : "way to ") + thing;
      case STEER, GATEWAY, ARP, CONNTRACK, OUTPUT -> thing;
    };
  }

  /// What a table does with packets that nothing else in it matches.
  private static String miss(Flow flow) {
    FlowTable table = flow.table();
    return flow.actions().isEmpty()
        ? "nothing in " + table.label() + " matches"
        : "nothing special in " + table.label();
  }

  /// The declaration by its path, in words.
  static String thing(Declaration declaration) {
    String path = declaration.path();
    String[] parts = path.split("/", 4);
    return switch (parts[0]) {
      case "builtin" -> path.substring("builtin/".length()).replace('-', ' ');
      case "policy" -> "rule: " + rule(path);
      case "gateway" -> "gateway " + parts[1];
      case "vpc" -> inVpc(parts);
      default -> path;
    };
  }

  private static String inVpc(String[] parts) {
    if (parts.length < 4) {
      return "VPC " + parts[1];
    }
    return switch (parts[2]) {
      case "server" -> "server " + parts[3];
      case "login" -> "the login address of " + parts[3];
      case "public" -> "the public address of " + parts[3];
      default -> parts[2] + " " + parts[3];
    };
  }

  /// The rule of a declaration `policy/NAME/allow_internet_->_clx.engine:tcp/7001`.
  static String rule(String path) {
    int begin = path.indexOf('/', "policy/".length()) + 1;
    return path.substring(begin).replace('_', ' ');
  }

  /// What a kind of flow is called.
  public static String kind(FlowKind kind) {
    return switch (kind) {
      case CLASSIFY -> "classification";
      case ANTI_SPOOF -> "anti-spoofing";
      case ARP -> "ARP";
      case CONNTRACK -> "connection tracking";
      case STEER -> "login steering";
      case ACL -> "policy";
      case ROUTE -> "route";
      case OUTPUT -> "output";
      case DEFAULT -> "default";
      case GATEWAY -> "gateway";
    };
  }
}
