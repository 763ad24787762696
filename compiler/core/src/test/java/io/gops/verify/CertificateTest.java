package io.gops.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.allocate.Assignments;
import io.gops.allocate.Lock;
import io.gops.bind.FleetLoader;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.CapacityProver;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The certificate of the flagship example: what is written is accepted, and what was altered in
/// the file is rejected.
class CertificateTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("gops.root"), "examples");
  private static final Fleet FLEET =
      FleetLoader.load(EXAMPLES.resolve("wuxia"), new Diagnostics()).orElseThrow();
  private static final CapacityProof PROOF = prove(Lock.EMPTY);
  private static final String TEXT = CertificateText.print(Certificate.of(PROOF, FLEET));

  private static CapacityProof prove(Lock lock) {
    return CapacityProver.prove(FLEET, State.EMPTY, lock, new Diagnostics()).orElseThrow();
  }

  private static Lock lock() {
    Assignments assignments = new Assignments(Lock.EMPTY);
    PROOF.record(assignments);
    return assignments.toLock();
  }

  /// Everything that is wrong with a certificate of the example.
  private static List<String> flaws(String text) throws IOException {
    Certificate certificate = CertificateReader.read(text);
    List<String> flaws = new java.util.ArrayList<>(certificate.violations());
    flaws.addAll(QuestionCheck.violations(certificate, FLEET, State.EMPTY));
    flaws.addAll(LockCheck.violations(certificate, lock(), State.EMPTY));
    return flaws;
  }

  @Test
  void whatWasWrittenIsAccepted() throws IOException {
    assertEquals(List.of(), flaws(TEXT));
    assertEquals(TEXT, CertificateText.print(CertificateReader.read(TEXT)));
  }

  @Test
  void theSecondCompileWritesTheSame() {
    assertEquals(TEXT, CertificateText.print(Certificate.of(prove(lock()), FLEET)));
  }

  /// Every amount of the file is made a tenth smaller or larger, one kind at a time: more than the
  /// host offers, less than the groups need.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"allocatable\":\\{[^}]*\"memory\":(\\d+)",
        "\"usable\":\\{[^}]*\"memory\":(\\d+)",
        "\"usable\":\\{[^}]*\"cpu\":(\\d+)"
      })
  void aHostThatOffersMoreIsRejected(String amount) throws IOException {
    assertFalse(flaws(changed(amount, 11)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"cutOver\":\\{\"started\":\\{[^}]*\\},\"steady\":\\{[^}]*\"memory\":(\\d+)",
        "\"cutOver\":\\{.*?\"worst\":\\{[^}]*\"memory\":(\\d+)",
        "\"cutOver\":\\{.*?\"worst\":\\{[^}]*\"cpu\":(\\d+)",
        "\"cutOver\":\\{.*?\"worst\":\\{[^}]*\"egress\":(\\d+)",
        "\"requests\":\\{.*?\"worst\":\\{[^}]*\"memory\":(\\d+)",
        "\"cold\":\\{[^}]*\"memory\":(\\d+)"
      })
  void aGroupThatNeedsLessIsRejected(String amount) throws IOException {
    assertFalse(flaws(changed(amount, 9)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"primary", "failover"})
  void anotherHostIsRejected(String name) throws IOException {
    Matcher host = Pattern.compile("\"" + name + "\":\"(hz-g\\d+)\"").matcher(TEXT);
    int tried = 0;
    while (host.find() && tried++ < 20) {
      String other = host.group(1).equals("hz-g007") ? "hz-g008" : "hz-g007";
      String altered = TEXT.substring(0, host.start(1)) + other + TEXT.substring(host.end(1));
      assertFalse(flaws(altered).isEmpty(), host.group());
    }
    assertTrue(tried > 10);
  }

  @Test
  void otherRulesAreRejected() throws IOException {
    assertFalse(flaws(TEXT.replaceFirst("\"survive\":1", "\"survive\":0")).isEmpty());
    assertFalse(
        flaws(TEXT.replaceFirst("\"rack\":\"[^\"]*\"", "\"rack\":\"elsewhere\"")).isEmpty());
  }

  @Test
  void aGroupOrAHostThatIsMissingIsRejected() throws IOException {
    assertFalse(flaws(TEXT.replaceFirst("\\{[^{}]*\"group\":\"10002\"[^{}]*\\},\n", "")).isEmpty());
    String pool = "\"pool\":\"" + PROOF.questions().getFirst().pool() + "\"";
    assertFalse(flaws(TEXT.replace(pool, "\"pool\":\"elsewhere.std\"")).isEmpty());
  }

  @Test
  void anotherNumberOfPatchesIsRejected() throws IOException {
    String altered = TEXT.replace(",\"pools\":", ",\"patches\":2,\"pools\":");
    assertEquals(2, CertificateReader.read(altered).patches());
    assertEquals(altered, CertificateText.print(CertificateReader.read(altered)));
    assertFalse(flaws(altered).isEmpty());
  }

  @Test
  void whatIsNotACertificateIsRefused() {
    for (String text :
        List.of(
            "",
            "{}",
            "[]",
            TEXT.replace("gops-certificate-1", "gops-certificate-2"),
            TEXT.replaceFirst("\"memory\":\\d+", "\"memory\":-1"),
            TEXT.replaceFirst("\"memory\":\\d+", "\"memory\":99999999999999999999"),
            TEXT.replaceFirst("\"sharing\":\"packed\"", "\"sharing\":\"heaped\""),
            TEXT.replaceFirst("\"demand\":0", "\"demand\":999"),
            TEXT + TEXT)) {
      assertThrows(IOException.class, () -> CertificateReader.read(text));
    }
  }

  /// Every number of every demand a tenth smaller, one at a time: some instant is then left out.
  /// When the other side starts is for the picture only.
  @Test
  void everySmallerDemandIsRejected() throws IOException {
    String demands = TEXT.substring(TEXT.indexOf("\"demands\":["), TEXT.indexOf("\"groups\":["));
    int start = TEXT.indexOf("\"demands\":[");
    Matcher amount = Pattern.compile("\"([a-z]+)\":([1-9]\\d*)").matcher(demands);
    int altered = 0;
    while (amount.find()) {
      int open = demands.lastIndexOf("\":{", amount.start());
      String owner = demands.substring(demands.lastIndexOf('"', open - 1) + 1, open);
      long less = Long.parseLong(amount.group(2)) * 9 / 10;
      String text =
          TEXT.substring(0, start + amount.start(2)) + less + TEXT.substring(start + amount.end(2));
      if (!owner.equals("started")) {
        altered++;
        assertFalse(flaws(text).isEmpty(), owner + " " + amount.group());
      }
    }
    assertTrue(altered > 40, () -> "too few numbers in the demands");
  }

  private static String changed(String amount, int tenths) {
    Matcher found = Pattern.compile(amount).matcher(TEXT);
    assertTrue(found.find(), amount);
    long other = Long.parseLong(found.group(1)) / 10 * tenths;
    return TEXT.substring(0, found.start(1)) + other + TEXT.substring(found.end(1));
  }
}
