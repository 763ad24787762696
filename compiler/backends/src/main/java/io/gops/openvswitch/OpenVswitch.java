package io.gops.openvswitch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.gops.artifact.Artifact;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.network.Overlay;
import io.gops.network.VpcNetwork;
import io.gops.network.flow.Declaration;
import io.gops.network.flow.Flow;
import io.gops.network.flow.NodeTables;
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
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The files of every node: bridge, groups, meters, flows, what each cookie stands for, and the
/// script that applies them.
public final class OpenVswitch {
  private OpenVswitch() {}

  /// All files, by path.
  ///
  /// @param tables by node name
  public static List<Artifact> artifacts(Overlay overlay, SortedMap<String, NodeTables> tables) {
    String apply = resource("apply.sh");
    String attach = resource("attach.sh");
    String bridge = resource("ovs.sh");
    List<Artifact> artifacts = new ArrayList<>();
    for (NodeTables node : tables.values()) {
      String folder =
          overlay.environment()
              + "/"
              + overlay.cluster()
              + "/openvswitch/"
              + node.node().name()
              + "/";
      List<Origin> origins = origins(node);
      artifacts.add(Artifact.script(folder + "apply.sh", origins, apply));
      artifacts.add(Artifact.script(folder + "attach.sh", origins, attach));
      artifacts.add(
          new Artifact(folder + "cookies.json", origins, false, out -> cookies(node, out)));
      artifacts.add(
          new Artifact(
              folder + "flows.txt", origins, false, out -> FlowText.writeFlows(node.flows(), out)));
      artifacts.add(
          new Artifact(
              folder + "groups.txt",
              origins,
              false,
              out -> FlowText.writeGroups(node.groups(), out)));
      artifacts.add(Artifact.of(folder + "meters.txt", origins, ""));
      artifacts.add(
          Artifact.script(folder + "ovs.sh", origins, bridgeHeader(node.node()) + bridge));
      artifacts.add(Artifact.of(folder + "ports.txt", origins, ports(overlay, node.node())));
    }
    return artifacts;
  }

  /// The values of one node; every one is a number or a fixed word.
  private static String bridgeHeader(Node node) {
    return "#!/bin/sh\nset -eu\nlocal_ip="
        + node.underlay()
        + "\ngateway="
        + (node.isHost() ? "no" : "yes")
        + "\n";
  }

  /// One line a server: name, OpenFlow port, hardware address, address with prefix length, MTU.
  private static String ports(Overlay overlay, Node node) {
    StringBuilder text = new StringBuilder();
    overlay.vpcs().values().stream()
        .flatMap(vpc -> vpc.members().stream())
        .filter(member -> member.host().equals(node.name()))
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
