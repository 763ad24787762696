package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.compilation.Compilation;
import io.gops.compilation.Compiled;
import io.gops.compilation.FleetFolder;
import io.gops.deployment.Workload;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Ipv4;
import io.gops.network.Member;
import io.gops.network.VpcNetwork;
import io.gops.network.verify.Journey;
import io.gops.network.verify.Peer;
import io.gops.network.verify.PolicyOracle;
import io.gops.network.verify.Service;
import io.gops.rollout.KruiseGameTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The NetworkPolicy form of a policy says what its flow tables do, for every two classes of
/// servers and every part of the outside, at every port that a rule names and one that none does.
class PolicyFormsTest {
  private static int fleets;
  private static long compared;
  private static long allowed;
  private static long lost;

  @AfterContainer
  static void say() {
    System.out.printf(
        "policy forms: %d random fleets, %d verdicts compared, %d of them allowed, %d pings told%n",
        fleets, compared, allowed, lost);
  }

  @Test
  void ofTheExamplesAgree() throws IOException {
    long before = compared;
    for (String name : List.of("wuxia", "five-zones")) {
      Path folder = Files.createTempDirectory("forms");
      copy(Path.of(System.getProperty("gops.root"), "examples", name), folder);
      compare(folder);
      delete(folder);
    }
    System.out.printf("policy forms: %d verdicts of the examples%n", compared - before);
    assertTrue(compared - before >= 900, () -> compared + " verdicts");
  }

  /// A copy of a fleet in which NetworkPolicies are enforced, too.
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path there = to.resolve(from.relativize(file).toString());
        Files.createDirectories(there.getParent());
        String text = Files.readString(file);
        Files.writeString(there, text.replaceAll("enforce( *)= ovs", "enforce$1= both"));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void ofRandomFleetsAgree(@ForAll("rules") List<String> rules, @ForAll int shape)
      throws IOException {
    Path folder = Files.createTempDirectory("forms");
    Files.writeString(folder.resolve("random.gops"), RandomPolicies.fleet(shape, rules));
    try {
      compare(folder);
      fleets++;
    } catch (AssertionError e) {
      throw new AssertionError(RandomPolicies.fleet(shape, rules) + e.getMessage(), e);
    } finally {
      delete(folder);
    }
  }

  @Provide
  Arbitrary<List<String>> rules() {
    return Arbitraries.of(RandomPolicies.rules()).list().uniqueElements().ofMaxSize(9);
  }

  private static void compare(Path source) throws IOException {
    Compilation compilation =
        new Compilation(FleetFolder.of(source), Optional.empty(), new KruiseGameTarget());
    SortedMap<String, Compiled> compiled = compilation.compiled();
    assertTrue(!compiled.isEmpty(), () -> compilation.diagnostics().sorted().toString());
    for (Compiled one : compiled.values()) {
      MadeFiles files = new MadeFiles();
      Diagnostics found = new Diagnostics();
      new KubernetesBackend().check(one, found);
      new KubernetesBackend().generate(one, files, found);
      boolean isTold = found.sorted().stream().anyMatch(d -> d.code() == Code.GOPS4023);
      new Comparison(one, files.texts(), isTold).run();
    }
  }

  /// One environment, seen from both sides.
  private static final class Comparison {
    private final Compiled compiled;
    private final PolicyOracle oracle;
    private final Journey journey;
    private final List<Map<?, ?>> policies = new ArrayList<>();

    /// Of each workload the pod that its manifest makes.
    private final Map<String, Map<String, String>> labels = new TreeMap<>();

    private final Map<String, String> namespaces = new TreeMap<>();
    private final PolicyEvaluator evaluator;
    private final List<String> different = new ArrayList<>();
    private final boolean isTold;

    /// @param isTold whether the compiler said that the objects cannot let ping through
    Comparison(Compiled compiled, SortedMap<String, String> manifests, boolean isTold) {
      this.compiled = compiled;
      this.isTold = isTold;
      this.oracle = new PolicyOracle(compiled.deployment());
      this.journey = new Journey(compiled.overlay(), compiled.tables().all());
      manifests.values().forEach(this::read);
      this.evaluator = new PolicyEvaluator(policies);
    }

    private void read(String text) {
      for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
        if (document instanceof Map<?, ?> object) {
          Map<?, ?> spec = PolicyEvaluator.map(object.get("spec"));
          if ("NetworkPolicy".equals(object.get("kind"))) {
            policies.add(object);
          } else if ("GameServerSet".equals(object.get("kind"))) {
            Map<?, ?> metadata = PolicyEvaluator.map(object.get("metadata"));
            Map<?, ?> template = PolicyEvaluator.map(spec.get("gameServerTemplate"));
            Map<?, ?> pod = PolicyEvaluator.map(template.get("metadata"));
            Map<String, String> found = new TreeMap<>();
            PolicyEvaluator.map(pod.get("labels"))
                .forEach((key, value) -> found.put(key.toString(), value.toString()));
            labels.put(metadata.get("name").toString(), found);
            namespaces.put(metadata.get("name").toString(), metadata.get("namespace").toString());
          }
        }
      }
    }

    void run() {
      List<Member> all = new ArrayList<>();
      for (VpcNetwork vpc : compiled.overlay().vpcs().values()) {
        List<Member> some = some(vpc);
        inside(vpc, some);
        some.forEach(member -> outside(vpc, member));
        all.addAll(some);
      }
      apart(all);
      assertEquals(List.of(), different.subList(0, Math.min(10, different.size())));
    }

    /// Two servers of each class: one may talk with another of its own.
    private List<Member> some(VpcNetwork vpc) {
      Map<String, Integer> seen = new TreeMap<>();
      List<Member> some = new ArrayList<>();
      for (Member member : vpc.members()) {
        Workload workload = member.workload();
        String signature =
            oracle.signature(vpc.name(), new Peer.Server(member))
                + workload.zone().set()
                + workload.role().name()
                + workload.side();
        if (seen.merge(signature, 1, Integer::sum) <= 2) {
          some.add(member);
        }
      }
      return some;
    }

    private void inside(VpcNetwork vpc, List<Member> some) {
      for (Member from : some) {
        for (Member to : some) {
          if (!from.id().equals(to.id())) {
            for (Service service : oracle.services(vpc.name())) {
              boolean flows =
                  journey.connect(from, to.address(), service).stream()
                      .allMatch(
                          end ->
                              end instanceof Journey.End.Delivered there
                                  && there.member().id().equals(to.id()));
              compare(from.id(), end(from), to.id(), end(to), service, flows);
            }
          }
        }
      }
    }

    private void outside(VpcNetwork vpc, Member member) {
      for (long address : addresses(vpc)) {
        Ipv4 there = new Ipv4(address);
        PolicyEvaluator.End other = PolicyEvaluator.End.outside(address);
        for (Service service : oracle.services(vpc.name())) {
          boolean out =
              journey.connect(member, there, service).stream()
                  .allMatch(Journey.End.Left.class::isInstance);
          compare(member.id(), end(member), there.toString(), other, service, out);
          boolean in =
              oracle.allows(vpc.name(), new Peer.Outside(there), new Peer.Server(member), service);
          compare(there.toString(), other, member.id(), end(member), service, in);
        }
      }
    }

    /// Both ends of each prefix that somebody wrote and the addresses beside them, but those where
    /// pods or Services are.
    private List<Long> addresses(VpcNetwork vpc) {
      TreeSet<Long> found = new TreeSet<>(List.of(PolicyEvaluator.number("198.51.100.7")));
      Stream.concat(
              compiled.deployment().services().values().stream()
                  .flatMap(service -> service.prefixes().stream()),
              compiled.deployment().gateways().values().stream()
                  .flatMap(gateway -> gateway.prefixes().stream()))
          .forEach(
              prefix -> {
                found.add(prefix.network().value());
                found.add(prefix.last().value());
                found.add(Math.max(0, prefix.network().value() - 1));
                found.add(Math.min(0xffff_ffffL, prefix.last().value() + 1));
              });
      List<String> own = new ArrayList<>();
      own.add(compiled.deployment().cluster().settings().getOrDefault("pod_cidr", "0.0.0.0/32"));
      compiled.deployment().vpcs().values().forEach(other -> own.add(other.cidr().toString()));
      found.removeIf(address -> own.stream().anyMatch(p -> PolicyEvaluator.inPrefix(p, address)));
      found.removeIf(address -> vpc.attachments().isEmpty() && address == 0);
      return List.copyOf(found);
    }

    /// No server reaches one of another VPC, or one that is in none.
    private void apart(List<Member> all) {
      Service any = new Service(6, 1);
      for (Member from : all) {
        for (Member to : all) {
          if (!from.nic().vpc().equals(to.nic().vpc())) {
            compare(from.id(), end(from), to.id(), end(to), any, false);
          }
        }
        for (Workload workload : compiled.deployment().workloads().values()) {
          if (workload.nics().isEmpty() && hasPodAddresses()) {
            PolicyEvaluator.End open = end(workload.name(), podAddress(200));
            compare(from.id(), end(from), workload.name(), open, any, false);
            compare(workload.name(), open, from.id(), end(from), any, false);
          }
        }
      }
    }

    private boolean hasPodAddresses() {
      return compiled.deployment().cluster().settings().containsKey("pod_cidr");
    }

    private long podAddress(long number) {
      String prefix = compiled.deployment().cluster().settings().get("pod_cidr");
      return PolicyEvaluator.number(Objects.requireNonNull(prefix).split("/", -1)[0]) + number;
    }

    /// In the overlay a pod has the address of its server, elsewhere one of the pods'.
    private PolicyEvaluator.End end(Member member) {
      long address =
          hasPodAddresses() ? podAddress(member.address().value() % 128) : member.address().value();
      return end(member.workload().name(), address);
    }

    private PolicyEvaluator.End end(String workload, long address) {
      return new PolicyEvaluator.End(
          Optional.of(Objects.requireNonNull(namespaces.get(workload), workload)),
          Objects.requireNonNull(labels.get(workload)),
          address);
    }

    private void compare(
        String from,
        PolicyEvaluator.End one,
        String to,
        PolicyEvaluator.End two,
        Service service,
        boolean flows) {
      String protocol =
          switch ((int) service.protocol()) {
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 132 -> "SCTP";
            default -> "ICMP";
          };
      int port = protocol.equals("SCTP") ? 9 : service.port();
      boolean objects = evaluator.allows(one, two, new PolicyEvaluator.Service(protocol, port));
      compared++;
      allowed += flows ? 1 : 0;
      boolean isLost = isTold && flows && service.equals(Service.ICMP);
      lost += isLost && !objects ? 1 : 0;
      if (objects != flows && !isLost) {
        different.add(
            from + " -> " + to + " " + service + ": flows " + flows + ", objects " + objects);
      }
    }
  }
}
