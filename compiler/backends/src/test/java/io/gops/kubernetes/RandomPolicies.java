package io.gops.kubernetes;

import java.util.ArrayList;
import java.util.List;

/// Small fleets with random policies, as text.
///
/// There are two games, one of them with roles and one with a container beside its engine; zones
/// with and without a pair, with and without a VPC; services that share addresses; and gateways
/// that a VPC may or may not be attached to.
final class RandomPolicies {
  private static final List<String> SERVERS =
      List.of(
          "chess",
          "chess.a",
          "chess.b",
          "chess.helper",
          "go.gate",
          "go.world",
          "go",
          "one",
          "two.a",
          "three",
          "vpc.blue");
  private static final List<String> OUTSIDE = List.of("internet", "db", "cache", "wide");

  private RandomPolicies() {}

  /// Every rule that a policy may have.
  static List<String> rules() {
    List<String> rules = new ArrayList<>();
    for (String verdict : List.of("allow", "allow", "deny")) {
      for (String from : SERVERS) {
        for (String to : SERVERS) {
          rules.add(verdict + " " + from + " -> " + to);
          if (listens(to)) {
            rules.add(verdict + " " + from + " -> " + to + ":client");
          }
        }
        for (String outside : OUTSIDE) {
          rules.add(verdict + " " + from + " -> " + outside + ":443");
          rules.add(verdict + " " + from + " -> " + outside);
          if (listens(from)) {
            rules.add(verdict + " " + outside + " -> " + from + ":client");
          }
        }
      }
    }
    return rules;
  }

  private static boolean listens(String servers) {
    return !List.of("chess.helper", "go.world", "vpc.blue").contains(servers);
  }

  /// A fleet in which the VPC `blue` has these rules.
  ///
  /// @param shape which of the variants it is
  static String fleet(int shape, List<String> rules) {
    boolean hasOverlay = (shape & 1) == 0;
    boolean hasBackbone = (shape & 2) == 0 || rules.stream().anyMatch(r -> !r.contains("internet"));
    String backbone = hasBackbone ? ", backbone = bgw" : "";
    StringBuilder text = new StringBuilder();
    text.append("cluster hz { kubernetes = \"1.34\", kruise = \"1.9\", kruise_game = \"1.0.0\"")
        .append(", cni = ")
        .append((shape & 4) == 0 && hasOverlay ? "ovs" : "calico")
        .append(", enforce = ")
        .append(hasOverlay ? "both" : "kubernetes")
        .append(", pod_cidr = 10.244.0.0/16 }\n")
        .append(BASE.replace("BACKBONE", backbone))
        .append("policy random {\n  vpc = blue\n");
    rules.forEach(rule -> text.append("  ").append(rule).append('\n'));
    return text.append("}\n").toString();
  }

  private static final String BASE =
      """
      site hz {
        pool std {
          hosts 1..2 { name = "hz-${n}", underlay = 10.1.0.11..10.1.0.12, cpu = 64cores, memory = 256Gi }
        }
      }
      gateway igw { kind = internet, addresses = [203.0.113.0/24], node igw-1 { underlay = 10.1.1.1 } }
      gateway bgw { kind = backbone, prefixes = [10.200.0.0/16], node bgw-1 { underlay = 10.1.1.2 } }
      gateway far { kind = backbone, prefixes = [10.210.0.0/16], node far-1 { underlay = 10.1.1.3 } }
      vpc blue { cidr = 10.64.0.0/24, internet = igwBACKBONE }
      vpc red  { cidr = 10.65.0.0/24, internet = igw }
      service db    { prefixes = [10.200.8.0/24], gateway = bgw }
      service cache { prefixes = [10.200.8.128/25, 10.200.9.0/24], gateway = bgw }
      service wide  { prefixes = [10.200.0.0/16], gateway = bgw }
      service other { prefixes = [10.211.0.0/24], gateway = far }
      game chess {
        container engine { port client { number = 7001 } }
        container helper { port admin { number = 3000 } }
        profile { base { cpu = 100mcores, memory = 256Mi } }
        version "1" {
          engine = "registry.example.com/chess:1@sha256:1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f"
          helper = "registry.example.com/helper:1@sha256:1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f"
        }
      }
      game go {
        role gate {
          container proxy { port client { number = 7001 } }
          profile { base { cpu = 100mcores, memory = 256Mi } }
        }
        role world {
          container engine { port admin { number = 3000 } }
          profile { base { cpu = 100mcores, memory = 256Mi } }
        }
        version "1" {
          proxy  = "registry.example.com/gate:1@sha256:1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f"
          engine = "registry.example.com/go:1@sha256:1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f"
        }
      }
      zones one   { game = chess, ids = 1..2, run = "1", pool = hz.std, vpc = blue }
      zones two   { game = chess, ids = 3..4, run = "1", pool = hz.std, vpc = blue, pair { switch = directory } }
      zones three { game = go, ids = 5..6, run = "1", pool = hz.std, vpc = blue }
      zones four  { game = chess, ids = 7, run = "1", pool = hz.std, vpc = red }
      zones five  { game = chess, ids = 8, run = "1", pool = hz.std }
      policy reds { vpc = red, allow internet -> four, allow four -> internet }
      """;
}
