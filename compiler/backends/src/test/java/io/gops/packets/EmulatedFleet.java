package io.gops.packets;

import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Ipv4;
import io.gops.kubernetes.MadeFiles;
import io.gops.network.Member;
import io.gops.network.Node;
import io.gops.openvswitch.PrivateSwitch;
import io.gops.openvswitch.SwitchBackend;
import io.gops.rollout.KruiseGameTarget;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A compiled fleet as namespaces of this machine: each host and gateway with a switch that runs
/// the files generated for it, each server behind its host, an underlay between the machines, and
/// an internet behind the gateway.
final class EmulatedFleet implements AutoCloseable {
  /// Someone on the internet.
  static final String PLAYER = "198.51.100.7";

  private static final int UNDERLAY_MTU = 1500;

  private final Path directory;
  private final Compiled compiled;
  private final Namespace underlay;
  private final Namespace internet;
  private final SortedMap<String, Namespace> machines = new TreeMap<>();
  private final SortedMap<String, PrivateSwitch> switches = new TreeMap<>();
  private final SortedMap<String, Namespace> servers = new TreeMap<>();
  private final List<EchoServer> echoes = new ArrayList<>();
  private int gateways;

  private EmulatedFleet(Path directory, Compiled compiled) throws Exception {
    this.directory = directory;
    this.compiled = compiled;
    this.underlay = Namespace.create("underlay");
    this.internet = Namespace.create("internet");
  }

  /// Compiles a fleet's folder and starts all of it.
  static EmulatedFleet start(Path folder, Path directory) throws Exception {
    EmulatedFleet fleet = new EmulatedFleet(directory, compile(folder));
    try {
      fleet.underlay.ip("link", "add", "wires", "mtu", "" + UNDERLAY_MTU, "type", "bridge");
      fleet.underlay.ip("link", "set", "wires", "up");
      fleet.internet.ip("link", "add", "net", "mtu", "" + UNDERLAY_MTU, "type", "bridge");
      fleet.internet.ip("addr", "add", PLAYER + "/24", "dev", "net");
      fleet.internet.ip("link", "set", "net", "up");
      fleet.write(fleet.compiled);
      for (Node node : fleet.compiled.overlay().nodes().values()) {
        fleet.addMachine(node);
      }
      for (Member member : fleet.members()) {
        fleet.addServer(member);
      }
      for (String node : fleet.machines.keySet()) {
        fleet.apply(node);
      }
      fleet.warmUp();
      return fleet;
    } catch (Exception e) {
      fleet.close();
      throw e;
    }
  }

  /// What a folder compiles to; a diagnostic fails the test.
  static Compiled compile(Path folder) {
    Compilation compilation =
        new Compilation(FleetFolder.of(folder), Optional.empty(), new KruiseGameTarget());
    return compilation.compiled().values().stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError(compilation.diagnostics().sorted()));
  }

  Compiled compiled() {
    return compiled;
  }

  /// All servers, by VPC.
  List<Member> members() {
    return compiled.overlay().vpcs().values().stream()
        .flatMap(vpc -> vpc.members().stream())
        .toList();
  }

  Member member(String id) {
    return members().stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
  }

  Namespace internet() {
    return internet;
  }

  Namespace machine(String node) {
    return Objects.requireNonNull(machines.get(node), node);
  }

  PrivateSwitch on(String node) {
    return Objects.requireNonNull(switches.get(node), node);
  }

  Namespace server(String id) {
    return Objects.requireNonNull(servers.get(id), id);
  }

  /// A generated file of a machine.
  Path file(String node, String name) {
    return directory
        .resolve(compiled.overlay().environment())
        .resolve(compiled.overlay().cluster())
        .resolve("openvswitch")
        .resolve(node)
        .resolve(name);
  }

  /// Replaces the files of every machine; nothing applies them yet.
  void write(Compiled changed) throws IOException {
    Diagnostics diagnostics = new Diagnostics();
    MadeFiles files = new MadeFiles();
    new SwitchBackend().generate(changed, this::earlier, files, diagnostics);
    // As a compile does: every file is made before the first one is replaced.
    for (Map.Entry<String, String> file : files.texts().entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private Optional<byte[]> earlier(String path) throws IOException {
    Path file = directory.resolve(path);
    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  /// Runs a machine's `apply.sh`.
  String apply(String node) throws Exception {
    return on(node).run("sh", file(node, "apply.sh").toString());
  }

  /// A file that a machine keeps for the next start of its switch.
  Path kept(String node, String name) {
    return directory.resolve("run-" + node).resolve("kept").resolve(name);
  }

  /// Flows and groups of a machine as its switch has them, in one order.
  List<String> tables(String node) throws Exception {
    String flows = on(node).run("ovs-ofctl", "-OOpenFlow15", "--no-stats", "dump-flows", "br-int");
    String groups = on(node).run("ovs-ofctl", "-OOpenFlow15", "dump-groups", "br-int");
    return (flows + groups).lines().filter(line -> !line.startsWith("OFPST")).sorted().toList();
  }

  /// Starts a server that answers at a port of a game server.
  void listen(String id, int port) throws IOException {
    echoes.add(EchoServer.tcp(server(id), id, port));
  }

  /// Plugs a server into a host, as the container runtime does with a pod.
  void attach(String id, String node) throws Exception {
    String[] words = port(id, node);
    Namespace server = server(id);
    String end = "v" + words[1];
    server.cable("eth0", machine(node), end, Integer.parseInt(words[4]));
    server.ip("link", "set", "eth0", "down");
    server.ip("link", "set", "eth0", "address", words[2]);
    server.ip("addr", "add", words[3], "dev", "eth0");
    server.ip("link", "set", "eth0", "up");
    server.ip("route", "add", "default", "dev", "eth0");
    on(node).run("sh", file(node, "attach.sh").toString(), end, id);
  }

  /// Moves a server in the order of a release: the new host is ready before the server comes, and
  /// the others learn where it went.
  void move(String id, String from, String to, Compiled changed) throws Exception {
    String old = port(id, from)[1];
    write(changed);
    apply(to);
    server(id).ip("link", "del", "eth0");
    try (ExecutorService others = Executors.newCachedThreadPool()) {
      List<Future<String>> applied = new ArrayList<>();
      for (String node : machines.keySet()) {
        if (!node.equals(to)) {
          applied.add(others.submit(() -> apply(node)));
        }
      }
      attach(id, to);
      for (Future<String> done : applied) {
        done.get();
      }
    }
    on(from).run("ovs-vsctl", "--if-exists", "del-port", "br-int", "v" + old);
  }

  /// The line of a server in its host's `ports.txt`.
  private String[] port(String id, String node) throws IOException {
    return Files.readAllLines(file(node, "ports.txt")).stream()
        .map(line -> line.split(" ", -1))
        .filter(words -> words[0].equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(node + " has no port for " + id));
  }

  private void addServer(Member member) throws Exception {
    servers.put(member.id(), Namespace.create("s" + servers.size()));
    attach(member.id(), member.host());
  }

  /// The machine as its owner prepared it: one card, in a bridge that has the tunnel's address.
  private void addMachine(Node node) throws Exception {
    Namespace machine = Namespace.create(node.name());
    machines.put(node.name(), machine);
    machine.cable("card", underlay, "u" + machines.size(), UNDERLAY_MTU);
    underlay.ip("link", "set", "u" + machines.size(), "master", "wires");
    PrivateSwitch it =
        PrivateSwitch.start(directory.resolve("run-" + node.name()), machine.prefix());
    switches.put(node.name(), it);
    prepareUnderlay(node);
    it.run("sh", file(node.name(), "ovs.sh").toString());
    if (!node.isHost()) {
      joinInternet(node);
    }
  }

  /// Puts the card into its bridge and gives that the tunnel's address; a device of a switch in
  /// userspace is gone when the switch is.
  void prepareUnderlay(Node node) throws Exception {
    on(node.name())
        .run(
            "ovs-vsctl",
            "--may-exist",
            "add-br",
            "br-phy",
            "--",
            "set",
            "bridge",
            "br-phy",
            "datapath_type=netdev",
            "fail_mode=standalone",
            "--",
            "--may-exist",
            "add-port",
            "br-phy",
            "card",
            "--",
            "set",
            "interface",
            "br-phy",
            "mtu_request=" + UNDERLAY_MTU);
    Namespace machine = machine(node.name());
    machine.ip("addr", "replace", node.underlay() + "/24", "dev", "br-phy");
    machine.ip("link", "set", "br-phy", "up");
  }

  /// The gateway forwards between its uplink and the world, which knows what addresses it has.
  private void joinInternet(Node node) throws Exception {
    Namespace gateway = machine(node.name());
    int number = ++gateways;
    String address = "198.51.100." + (100 + number);
    gateway.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    gateway.cable("world", internet, "g" + number, UNDERLAY_MTU);
    internet.ip("link", "set", "g" + number, "master", "net");
    gateway.ip("addr", "add", address + "/24", "dev", "world");
    for (Ipv4 own : addresses(node)) {
      internet.ip("route", "add", own + "/32", "via", address);
    }
  }

  /// What a gateway's machine translates to and from.
  private List<Ipv4> addresses(Node node) {
    List<Ipv4> own = new ArrayList<>();
    compiled.overlay().publicAddresses().stream()
        .filter(address -> address.node().equals(node.name()))
        .forEach(address -> own.add(address.address()));
    compiled.overlay().vpcs().values().stream()
        .flatMap(vpc -> vpc.attachments().stream())
        .map(attachment -> Optional.ofNullable(attachment.translated().get(node.name())))
        .flatMap(Optional::stream)
        .forEach(own::add);
    return own;
  }

  /// Gives the internet more addresses.
  List<String> playersToo(int count) throws Exception {
    List<String> players = new ArrayList<>();
    for (int last = 11; last < 11 + count; last++) {
      String player = "198.51.100." + last;
      internet.ip("addr", "add", player + "/32", "dev", "net");
      players.add(player);
    }
    return players;
  }

  /// One datagram between each two machines: Open vSwitch drops the packet for which it has to ask
  /// where the other end of a tunnel is.
  void warmUp() throws IOException, InterruptedException {
    for (Node from : compiled.overlay().nodes().values()) {
      for (Node to : compiled.overlay().nodes().values()) {
        if (!from.name().equals(to.name())) {
          machine(from.name())
              .inside(
                  () -> {
                    try (DatagramSocket socket = new DatagramSocket()) {
                      InetAddress address = InetAddress.getByName(to.underlay().toString());
                      socket.send(new java.net.DatagramPacket(new byte[1], 1, address, 9));
                      return true;
                    }
                  });
        }
      }
    }
    Thread.sleep(200);
  }

  @Override
  public void close() throws Exception {
    for (EchoServer echo : echoes) {
      echo.close();
    }
    for (PrivateSwitch it : switches.values()) {
      it.close();
    }
    servers.values().forEach(Namespace::close);
    machines.values().forEach(Namespace::close);
    internet.close();
    underlay.close();
  }
}
