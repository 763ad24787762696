package io.gops.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What NetworkPolicy objects allow, as the reference of Kubernetes says it: the judge of the
/// generated objects. It reads objects as trees and shares nothing with the generator.
///
/// A pod that no policy selects for a direction is open in it; one that is selected may only what
/// some rule of some policy that selects it allows. An address block matches pods by their address,
/// too: the reference leaves that to the network plugin, and Calico does it.
final class PolicyEvaluator {
  private final List<Map<?, ?>> policies;

  /// @param policies trees of NetworkPolicy objects
  PolicyEvaluator(List<Map<?, ?>> policies) {
    this.policies = List.copyOf(policies);
  }

  /// One end of a connection: a pod, or an address outside of the cluster.
  ///
  /// @param namespace empty outside of the cluster
  record End(Optional<String> namespace, Map<String, String> labels, long address) {
    static End outside(long address) {
      return new End(Optional.empty(), Map.of(), address);
    }
  }

  /// A port of a protocol as a policy spells it; a protocol without ports has port 0.
  record Service(String protocol, int port) {}

  boolean allows(End from, End to, Service service) {
    return allows(from, to, service, "Egress", "egress", "to")
        && allows(to, from, service, "Ingress", "ingress", "from");
  }

  private boolean allows(
      End own, End peer, Service service, String type, String direction, String peers) {
    if (own.namespace().isEmpty()) {
      return true;
    }
    boolean isSelected = false;
    for (Map<?, ?> policy : policies) {
      Map<?, ?> spec = map(policy.get("spec"));
      String namespace = string(map(policy.get("metadata")).get("namespace"));
      boolean selects =
          own.namespace().get().equals(namespace)
              && matches(map(spec.get("podSelector")), own.labels())
              && list(spec.get("policyTypes")).contains(type);
      if (selects) {
        isSelected = true;
        for (Object rule : list(spec.get(direction))) {
          if (peer(list(map(rule).get(peers)), peer, namespace)
              && port(list(map(rule).get("ports")), service)) {
            return true;
          }
        }
      }
    }
    return !isSelected;
  }

  private static boolean peer(List<?> peers, End peer, String namespace) {
    if (peers.isEmpty()) {
      return true;
    }
    for (Object wanted : peers) {
      Map<?, ?> one = map(wanted);
      boolean met =
          one.containsKey("ipBlock")
              ? inBlock(map(one.get("ipBlock")), peer.address())
              : isPod(one, peer, namespace);
      if (met) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPod(Map<?, ?> wanted, End peer, String namespace) {
    if (peer.namespace().isEmpty()) {
      return false;
    }
    String own = peer.namespace().get();
    boolean rightNamespace =
        wanted.containsKey("namespaceSelector")
            ? matches(
                map(wanted.get("namespaceSelector")), Map.of("kubernetes.io/metadata.name", own))
            : own.equals(namespace);
    return rightNamespace
        && (!wanted.containsKey("podSelector")
            || matches(map(wanted.get("podSelector")), peer.labels()));
  }

  private static boolean inBlock(Map<?, ?> block, long address) {
    return inPrefix(string(block.get("cidr")), address)
        && list(block.get("except")).stream().noneMatch(e -> inPrefix(string(e), address));
  }

  static boolean inPrefix(String prefix, long address) {
    String[] parts = prefix.split("/", -1);
    int length = Integer.parseInt(parts[1]);
    return length == 0 || number(parts[0]) >> (32 - length) == address >> (32 - length);
  }

  static long number(String address) {
    long number = 0;
    for (String part : address.split("\\.", -1)) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }

  private static boolean port(List<?> ports, Service service) {
    if (ports.isEmpty()) {
      return true;
    }
    for (Object wanted : ports) {
      Map<?, ?> one = map(wanted);
      String protocol = one.containsKey("protocol") ? string(one.get("protocol")) : "TCP";
      if (protocol.equals(service.protocol())) {
        if (!one.containsKey("port")) {
          return true;
        }
        int first = Integer.parseInt(string(one.get("port")));
        int last =
            one.containsKey("endPort") ? Integer.parseInt(string(one.get("endPort"))) : first;
        if (first <= service.port() && service.port() <= last) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matches(Map<?, ?> selector, Map<String, String> labels) {
    for (Map.Entry<?, ?> label : map(selector.get("matchLabels")).entrySet()) {
      if (!string(label.getValue()).equals(labels.get(string(label.getKey())))) {
        return false;
      }
    }
    for (Object expression : list(selector.get("matchExpressions"))) {
      String has = labels.get(string(map(expression).get("key")));
      List<String> values =
          list(map(expression).get("values")).stream().map(PolicyEvaluator::string).toList();
      boolean met =
          switch (string(map(expression).get("operator"))) {
            case "Exists" -> has != null;
            case "DoesNotExist" -> has == null;
            case "In" -> has != null && values.contains(has);
            case "NotIn" -> has == null || !values.contains(has);
            case String other -> throw new AssertionError(other);
          };
      if (!met) {
        return false;
      }
    }
    return true;
  }

  private static String string(Object value) {
    return Objects.requireNonNull(value).toString();
  }

  static Map<?, ?> map(Object value) {
    return value == null ? Map.of() : (Map<?, ?>) value;
  }

  static List<?> list(Object value) {
    return value == null ? List.of() : new ArrayList<>((List<?>) value);
  }
}
