package io.gops.openvswitch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.gops.artifact.Artifact;
import io.gops.artifact.Earlier;
import io.gops.fleet.Cidr;
import io.gops.network.HostUplink;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.Flow;
import io.gops.network.flow.NodeTables;
import io.gops.network.pipeline.FlowTables;
import io.gops.source.Origin;
import io.gops.source.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of every node: bridge, groups, meters, flows, what each cookie stands for, and the
/// script that applies them.
public final class OpenVswitch {
  private final Overlay overlay;
  private final Map<String, List<Member>> byHost;
  private final Heartbeats heartbeats;
  private final Deltas deltas;
  private final String apply = resource("apply.sh");
  private final String unit = resource("gopsc-flows.service");
  private final String attach = resource("attach.sh");
  private final String bridge = resource("ovs.sh");

  private OpenVswitch(Overlay overlay, Deltas deltas) {
    this.overlay = overlay;
    this.deltas = deltas;
    this.heartbeats = new Heartbeats(overlay);
    this.byHost =
        overlay.vpcs().values().stream()
            .flatMap(vpc -> vpc.members().stream())
            .collect(Collectors.groupingBy(Member::host));
  }

  /// How the file `flows.delta` of a node comes about.
  @FunctionalInterface
  private interface Deltas {
    /// @param folder of the node, with a slash at its end
    void write(String folder, NodeTables node, OutputStream out) throws IOException;
  }

  /// All files, by path.
  ///
  /// @param tables by node name
  public static List<Artifact> artifacts(Overlay overlay, SortedMap<String, NodeTables> tables) {
    return artifacts(overlay, tables, new TreeMap<>());
  }

  /// All files, by path, with the changes from what the nodes have now.
  ///
  /// @param tables by node name
  /// @param before by node name; a node that is not there starts from nothing known
  public static List<Artifact> artifacts(
      Overlay overlay, SortedMap<String, NodeTables> tables, SortedMap<String, NodeTables> before) {
    Deltas deltas =
        (_, node, out) -> {
          NodeTables old = before.get(node.node().name());
          if (old == null) {
            out.write(FlowDelta.NONE.getBytes(StandardCharsets.US_ASCII));
          } else {
            FlowDelta.write(old, node, out);
          }
        };
    OpenVswitch files = new OpenVswitch(overlay, deltas);
    List<Artifact> artifacts = new ArrayList<>();
    tables.values().forEach(node -> files.add(node, () -> node, artifacts::add));
    return artifacts;
  }

  /// Hands over all files of all nodes by path, without holding the tables of all nodes.
  ///
  /// @param earlier what the last compile wrote, which the deltas start from
  static void generate(
      Overlay overlay, FlowTables tables, Earlier earlier, Consumer<Artifact> artifacts) {
    Deltas deltas =
        (folder, node, out) ->
            FlowDelta.write(
                earlier.bytes(folder + "flows.txt"),
                earlier.bytes(folder + "flows.delta"),
                node,
                out);
    OpenVswitch files = new OpenVswitch(overlay, deltas);
    for (String name : tables.nodes()) {
      files.add(tables.of(name), () -> tables.of(name), artifacts);
    }
  }

  /// @param node read now
  /// @param again reads it when the bytes are written
  private void add(NodeTables node, Supplier<NodeTables> again, Consumer<Artifact> artifacts) {
    String folder =
        overlay.environment()
            + "/"
            + overlay.cluster()
            + "/openvswitch/"
            + node.node().name()
            + "/";
    List<Origin> origins = origins(node);
    artifacts.accept(Artifact.script(folder + "apply.sh", origins, apply));
    artifacts.accept(Artifact.script(folder + "attach.sh", origins, attach));
    artifacts.accept(
        new Artifact(folder + "cookies.json", origins, false, out -> cookies(again.get(), out)));
    artifacts.accept(
        new Artifact(
            folder + "flows.delta", origins, false, out -> deltas.write(folder, again.get(), out)));
    artifacts.accept(
        new Artifact(
            folder + "flows.txt",
            origins,
            false,
            out -> FlowText.writeFlows(again.get().flows(), out)));
    artifacts.accept(Artifact.of(folder + "gopsc-flows.service", origins, unit));
    artifacts.accept(
        new Artifact(
            folder + "groups.txt",
            origins,
            false,
            out -> FlowText.writeGroups(again.get().groups(), out)));
    artifacts.accept(
        new Artifact(
            folder + "meters.txt",
            origins,
            false,
            out -> FlowText.writeMeters(again.get().meters(), out)));
    artifacts.accept(
        Artifact.script(folder + "ovs.sh", origins, bridgeHeader(node.node()) + bridge));
    artifacts.accept(Artifact.of(folder + "ports.txt", origins, ports(node.node())));
  }

  /// The values of one node; every one is a number or a fixed word.
  private String bridgeHeader(Node node) {
    return "#!/bin/sh\nset -eu\nlocal_ip="
        + node.underlay()
        + "\ntunnel="
        + overlay.tunnel().word()
        + "\ngateway="
        + (node.isHost() ? "no" : "yes")
        + "\ninside='"
        + node.gateway().map(this::inside).orElse("")
        + "'\nwatched='"
        + String.join(" ", heartbeats.of(node))
        + "'\n"
        + queues(node);
  }

  /// The uplink of a host and its queues, one word each: number, least and most bits per second.
  private String queues(Node node) {
    Optional<HostUplink> uplink = overlay.uplink().filter(_ -> node.isHost());
    return "uplink='"
        + uplink.map(found -> found.uplink().device()).orElse("")
        + "'\nrate="
        + uplink.map(found -> found.uplink().rate()).orElse(0L)
        + "\nqueues='"
        + uplink.stream()
            .flatMap(found -> found.inOrder().stream())
            .map(queue -> queue.id() + ":" + queue.atLeast() + ":" + queue.atMost())
            .collect(Collectors.joining(" "))
        + "'\n";
  }

  /// The prefixes that a gateway's uplink leads to, from outside: what it hands out, else the VPCs.
  private String inside(String gateway) {
    List<Cidr> own = Objects.requireNonNull(overlay.gateways().get(gateway)).gateway().addresses();
    Stream<Cidr> prefixes =
        !own.isEmpty()
            ? own.stream()
            : overlay.vpcs().values().stream()
                .filter(
                    vpc ->
                        vpc.attachments().stream()
                            .anyMatch(a -> a.gateway().name().equals(gateway)))
                .map(vpc -> vpc.vpc().cidr());
    return prefixes.sorted().map(Cidr::toString).collect(Collectors.joining(" "));
  }

  /// One line a server: name, OpenFlow port, hardware address, address with prefix length, MTU.
  private String ports(Node node) {
    StringBuilder text = new StringBuilder();
    byHost.getOrDefault(node.name(), List.of()).stream()
        .sorted(Comparator.comparing(Member::id))
        .forEach(member -> port(text, overlay.vpc(member.nic().vpc()), member));
    return text.toString();
  }

  private static void port(StringBuilder text, VpcNetwork vpc, Member member) {
    text.append(member.id())
        .append(' ')
        .append(member.nic().ofport())
        .append(' ')
        .append(member.nic().mac())
        .append(' ')
        .append(member.address())
        .append('/')
        .append(vpc.vpc().cidr().length())
        .append(' ')
        .append(vpc.vpc().mtu())
        .append('\n');
  }

  private static List<Origin> origins(NodeTables node) {
    TreeSet<String> seen = new TreeSet<>();
    List<Origin> origins = new ArrayList<>();
    for (Flow flow : node.flows()) {
      flow.declaration()
          .place()
          .filter(place -> seen.add(place.toString()))
          .ifPresent(place -> origins.add(Origin.of(place)));
    }
    return origins;
  }

  private static void cookies(NodeTables node, OutputStream out) throws IOException {
    TreeMap<String, Declaration> byCookie = new TreeMap<>();
    for (Flow flow : node.flows()) {
      byCookie.put("0x" + Long.toHexString(flow.cookie()), flow.declaration());
    }
    JsonGenerator json = new JsonFactory().createGenerator(out);
    json.configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);
    json.setPrettyPrinter(
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
    json.writeStartObject();
    for (var entry : byCookie.entrySet()) {
      json.writeObjectFieldStart(entry.getKey());
      json.writeStringField("path", entry.getValue().path());
      if (entry.getValue().place().isPresent()) {
        Place place = entry.getValue().place().get();
        json.writeStringField("file", place.file().path());
        json.writeNumberField("line", place.line());
        json.writeStringField("text", place.file().lineText(place.line()).strip());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(OpenVswitch.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
