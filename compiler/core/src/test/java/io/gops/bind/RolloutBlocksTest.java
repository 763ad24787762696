package io.gops.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Cluster;
import io.gops.fleet.Fleet;
import io.gops.fleet.Rollouts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutBlocksTest {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJj3yFuNOaJLm1QwK+QSRzmivmo5IEt63mjWn2PRSEfJ";

  private static final String SIGNER = "signer \"li.lei@example.com\" { keys = [\"" + KEY + "\"] }";

  private final Diagnostics diagnostics = new Diagnostics();

  private Rollouts rollouts(String block, String override) {
    return load(block, override).orElseThrow();
  }

  private Optional<Rollouts> load(String block, String override) {
    Map<String, String> files =
        Map.of(
            "fleet.gops",
            "fleet demo { environment prod { cluster = hz, include = [\"cluster.gops\"]\n"
                + override
                + "\n} }",
            "cluster.gops",
            "cluster hz { kubernetes = \"1.34\", kruise = \"1.9\", kruise_game = \"1.0.0\"\n"
                + block
                + "\n}");
    return FleetLoader.load(files, "fleet.gops", diagnostics)
        .map(Fleet::cluster)
        .map(Cluster::rollouts);
  }

  private List<Code> codesOf(String block) {
    load(block, "");
    return codes();
  }

  private List<Code> codes() {
    return diagnostics.sorted().stream().map(Diagnostic::code).toList();
  }

  @Test
  void aClusterThatSaysNothingIsAsUsual() {
    Rollouts said = rollouts("", "");
    assertEquals(List.of(), codes());
    assertEquals(Rollouts.USUAL.approval(), said.approval());
    assertEquals(Map.of(), said.signers());
    assertEquals(Optional.empty(), said.repository());
    assertEquals(Optional.empty(), said.workflow());
  }

  @ParameterizedTest
  @CsvSource({
    "'', SIGNED",
    "'approval = record', RECORD",
    "'approval = signed', SIGNED",
  })
  void whoListsSignersMeansThem(String approval, Rollouts.Approval expected) {
    Rollouts said = rollouts("rollout { " + approval + "\n" + SIGNER + " }", "");
    assertEquals(List.of(), codes());
    assertEquals(expected, said.approval());
    assertEquals(Map.of("li.lei@example.com", List.of(KEY)), said.signers());
  }

  @Test
  void theCommentOfAKeyIsDropped() {
    Rollouts said = rollouts("rollout { " + SIGNER.replace(KEY, KEY + " li@home pc") + " }", "");
    assertEquals(List.of(), codes());
    assertEquals(List.of(KEY), said.signers().get("li.lei@example.com"));
  }

  /// Cut off, of another type than it says, and one that would be two fields of the file.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIJj3yFuNOaJLm1QwK+QSRzmivmo5IEt63mjWn2PRSEfJ",
        "ssh-ed25519  AAAAC3NzaC1lZDI1NTE5AAAAIJj3yFuNOaJLm1QwK+QSRzmivmo5IEt63mjWn2PRSEfJ"
      })
  void whatIsNoKeyIsRefused(String key) {
    assertEquals(List.of(Code.GOPS2010), codesOf("rollout { " + SIGNER.replace(KEY, key) + " }"));
  }

  @Test
  void aPrivateKeyIsACredential() {
    String key = "-----BEGIN OPENSSH PRIVATE KEY-----";
    assertEquals(List.of(Code.GOPS2037), codesOf("rollout { " + SIGNER.replace(KEY, key) + " }"));
  }

  /// OpenSSH takes these for patterns: `*` would let anybody sign.
  @ParameterizedTest
  @ValueSource(strings = {"*", "*@example.com", "a,b", "!li", "li lei"})
  void aSignerIsNoPattern(String who) {
    assertEquals(
        1, codesOf("rollout { " + SIGNER.replace("li.lei@example.com", who) + " }").size());
  }

  @ParameterizedTest
  @CsvSource({"approval = signed, GOPS5560", "apply = gitops, GOPS5561"})
  void whatIsWantedMustBePossible(String wanted, Code code) {
    assertEquals(List.of(code), codesOf("rollout { " + wanted + " }"));
  }

  @Test
  void aRepositoryMeansGitOps() {
    Rollouts said = rollouts("rollout { repository { folder = \"out/prod/hz/kubernetes\" } }", "");
    assertEquals(List.of(), codes());
    assertEquals(
        Optional.of(new Rollouts.Repository("main", "out/prod/hz/kubernetes", "argocd-controller")),
        said.repository());
  }

  @Test
  void aRepositoryForLaterChangesNothing() {
    Rollouts said = rollouts("rollout { apply = direct, repository { folder = \"k\" } }", "");
    assertEquals(List.of(), codes());
    assertEquals(Optional.empty(), said.repository());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../other", "/etc", "a/../b", "a b", "{{x}}", ".git"})
  void aFolderStaysInItsRepository(String folder) {
    assertEquals(1, codesOf("rollout { repository { folder = \"" + folder + "\" } }").size());
  }

  @Test
  void anEnvironmentMayTakeRecords() {
    Rollouts said =
        rollouts("rollout { " + SIGNER + " }", "override { cluster.hz.rollout.approval = record }");
    assertEquals(List.of(), codes());
    assertEquals(Rollouts.Approval.RECORD, said.approval());
  }

  @Test
  void aWorkflowHasItsPlace() {
    Rollouts said =
        rollouts(
            "rollout { workflow { image = \"registry.example.com/r:1\", claim = \"fleet\","
                + " prometheus = \"http://prometheus:9090\" } }",
            "");
    assertEquals(List.of(), codes());
    assertEquals(
        Optional.of(
            new Rollouts.Workflow(
                "argo",
                "gopsc-release",
                "registry.example.com/r:1",
                "fleet",
                ".",
                "out",
                Optional.of("http://prometheus:9090"))),
        said.workflow());
  }
}
