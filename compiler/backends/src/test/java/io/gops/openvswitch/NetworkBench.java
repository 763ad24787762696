package io.gops.openvswitch;

import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.network.flow.Flow;
import io.gops.network.verify.Verification;
import io.gops.rollout.KruiseGameTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Prints the processor time of a fleet whose VPCs all use the same addresses: compiled from its
/// text with every proof, its tables proved alone, and a million flows printed.
/// `compiler/bench/network` runs it.
public final class NetworkBench {
  private static final int VPCS = 20;
  private static final int HOSTS = 20;
  private static final int ZONES_OF_VPC = 50;
  private static final int ROUNDS = 4;
  private static final int PRINTED = 1_000_000;

  private NetworkBench() {}

  /// @param args where to write the fleet
  public static void main(String[] args) throws IOException {
    Path file = Files.writeString(Path.of(args[0]), fleet());
    long[] compile = new long[ROUNDS];
    long[] verify = new long[ROUNDS];
    long[] print = new long[ROUNDS];
    Compiled compiled = compile(file);
    for (int round = 0; round < ROUNDS; round++) {
      if (round > 0) {
        long before = cpuNanos();
        compiled = compile(file);
        compile[round] = cpuNanos() - before;
      } else {
        compile[0] = cpuNanos(); // of the JVM's start, too
      }
      verify[round] = verify(compiled);
      print[round] = print(compiled);
    }
    PrintStream out = System.out;
    Compiled last = compiled;
    long most =
        last.tables().nodes().stream()
            .mapToLong(node -> last.tables().of(node).flows().size())
            .max()
            .orElse(0);
    Verification proved = last.verification();
    int servers = last.overlay().vpcs().values().stream().mapToInt(v -> v.members().size()).sum();
    out.printf(
        Locale.ROOT,
        "%d servers, %d VPCs, %d nodes, %d flows, at most %d on one node, %d packets followed%n%n",
        servers,
        VPCS,
        proved.nodes(),
        proved.flows(),
        most,
        proved.packets());
    out.println("| what | first ms | best ms | median ms |");
    out.println("|---|---|---|---|");
    out.println(row("compile from text, all proofs", compile));
    out.println(row("prove the tables", verify));
    out.println(row("print 1,000,000 flows", print));
  }

  private static String row(String what, long[] times) {
    long[] later = Arrays.copyOfRange(times, 1, times.length);
    Arrays.sort(later);
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f |",
        what,
        times[0] / 1e6,
        later[0] / 1e6,
        later[later.length / 2] / 1e6);
  }

  private static Compiled compile(Path file) {
    Compilation compilation =
        new Compilation(FleetFolder.of(file), Optional.empty(), new KruiseGameTarget());
    if (compilation.compiled().isEmpty()) {
      throw new IllegalStateException(compilation.diagnostics().sorted().toString());
    }
    return compilation.compiled().values().iterator().next();
  }

  private static long verify(Compiled compiled) {
    long before = cpuNanos();
    Verification.of(compiled.deployment(), compiled.overlay(), compiled.tables()).demand();
    return cpuNanos() - before;
  }

  private static long print(Compiled compiled) throws IOException {
    List<Flow> flows = new ArrayList<>();
    for (String node : compiled.tables().nodes()) {
      flows.addAll(compiled.tables().of(node).flows());
    }
    while (flows.size() < PRINTED) {
      flows.addAll(flows.subList(0, Math.min(flows.size(), PRINTED - flows.size())));
    }
    List<Flow> million = List.copyOf(flows.subList(0, PRINTED));
    long before = cpuNanos();
    FlowText.writeFlows(million, OutputStream.nullOutputStream());
    return cpuNanos() - before;
  }

  /// Two servers for each zone, all VPCs with the same CIDR.
  private static String fleet() {
    StringBuilder text = new StringBuilder(HEAD);
    for (int n = 1; n <= VPCS; n++) {
      int first = 1000 * n + 1;
      text.append(
          PART.replace("{n}", Integer.toString(n))
              .replace("{first}", Integer.toString(first))
              .replace("{last}", Integer.toString(first + ZONES_OF_VPC - 1)));
    }
    return text.toString();
  }

  private static final String HEAD =
      """
      cluster hz { kubernetes = "1.34", kruise = "1.9", kruise_game = "1.0.0" }
      site hz {
        pool std {
          hosts 1..%d {
            name = "hz-${n}", underlay = 10.1.0.11..10.1.0.%d, cpu = 256cores, memory = 1Ti, pods = 250
          }
        }
      }
      gateway igw { kind = internet, addresses = [203.0.112.0/20], node igw-1 { underlay = 10.1.1.1 } }
      """
          .formatted(HOSTS, 10 + HOSTS);

  private static final String PART =
      """
      vpc v{n} { cidr = 10.64.0.0/16, internet = igw }
      game g{n} {
        container engine {
          port client { number = 7001 }
          port admin  { number = 3000 }
          port peer   { number = 7100, protocol = udp }
        }
        profile {
          base       { cpu = 200mcores, memory = 512Mi }
          per_player { cpu = 1mcores, memory = 1Mi }
        }
        version "1.0" {
          engine = "registry.example.com/g:1.0@sha256:1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f"
        }
      }
      zones z{n} {
        game = g{n}, ids = {first}..{last}, run = "1.0", pool = hz.std, vpc = v{n}, players = 200
        pair { switch = vip }
      }
      policy p{n} {
        vpc = v{n}
        deny  g{n}.a    <-> g{n}.b
        allow internet   -> g{n}.engine:client
        allow g{n}.engine -> internet:443
        allow g{n}.engine -> g{n}.engine:peer
      }
      """;

  /// Of the whole process, so that collecting garbage and compiling code count.
  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
