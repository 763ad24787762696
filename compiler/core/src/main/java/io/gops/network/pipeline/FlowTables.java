package io.gops.network.pipeline;

import io.gops.network.LoginGroup;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.PublicAddress;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.NodeTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The tables of every node, made when they are asked for: those of a large fleet together would
/// not fit in memory, and a node does not depend on another. Safe for several threads.
public final class FlowTables {
  /// Nodes that are kept because their files are written one after the other.
  private static final int RECENT = 8;

  private final Overlay overlay;
  private final Map<String, List<Member>> byHost;
  private final Partners partners;
  private final Map<String, List<PublicAddress>> publicByNode;
  private final Map<String, List<LoginGroup>> loginsByCarrier = new HashMap<>();
  private final Map<String, NodeTables> recent =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, NodeTables> eldest) {
          return size() > RECENT;
        }
      };

  public FlowTables(Overlay overlay) {
    this.overlay = overlay;
    this.byHost =
        overlay.vpcs().values().stream()
            .flatMap(vpc -> vpc.members().stream())
            .collect(Collectors.groupingBy(Member::host));
    this.partners = new Partners(overlay);
    this.publicByNode =
        overlay.publicAddresses().stream().collect(Collectors.groupingBy(PublicAddress::node));
    for (LoginGroup login : overlay.loginGroups().values()) {
      for (String carrier : login.carriers()) {
        loginsByCarrier.computeIfAbsent(carrier, _ -> new ArrayList<>()).add(login);
      }
    }
  }

  /// Names of all nodes.
  public SortedSet<String> nodes() {
    return new TreeSet<>(overlay.nodes().keySet());
  }

  /// The tables of one node.
  public NodeTables of(String name) {
    synchronized (recent) {
      NodeTables kept = recent.get(name);
      if (kept != null) {
        return kept;
      }
    }
    NodeTables made = Pipeline.tables(view(overlay.node(name)));
    synchronized (recent) {
      recent.put(name, made);
    }
    return made;
  }

  /// The tables of all nodes at once, for a fleet that is not large.
  public SortedMap<String, NodeTables> all() {
    SortedMap<String, NodeTables> tables = new TreeMap<>();
    nodes().parallelStream()
        .map(this::of)
        .toList()
        .forEach(made -> tables.put(made.node().name(), made));
    return tables;
  }

  private NodeView view(Node node) {
    List<Member> members = byHost.getOrDefault(node.name(), List.of());
    List<VpcNetwork> vpcs =
        overlay.vpcs().values().stream().filter(vpc -> isOn(vpc, node, members)).toList();
    List<PublicAddress> addresses = publicByNode.getOrDefault(node.name(), List.of());
    List<LoginGroup> logins = loginsByCarrier.getOrDefault(node.name(), List.of());
    Set<String> published = NodeView.published(overlay, addresses);
    return new NodeView(
        overlay,
        node,
        vpcs,
        members,
        partners.of(node, published),
        published,
        addresses,
        logins,
        partners.rules());
  }

  private static boolean isOn(VpcNetwork vpc, Node node, List<Member> members) {
    return node.isHost()
        ? members.stream().anyMatch(m -> m.nic().vpc().equals(vpc.name()))
        : vpc.attachments().stream()
            .anyMatch(a -> node.gateway().filter(a.gateway().name()::equals).isPresent());
  }
}
