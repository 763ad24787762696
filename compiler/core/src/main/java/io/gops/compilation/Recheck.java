package io.gops.compilation;

import io.gops.allocate.Lock;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.source.GivenFile;
import io.gops.source.SystemReason;
import io.gops.state.State;
import io.gops.verify.Certificate;
import io.gops.verify.CertificateReader;
import io.gops.verify.LockCheck;
import io.gops.verify.QuestionCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks a written certificate again, with code that shares nothing with the prover but its
/// records: that the placement holds, that the question is the fleet's, and that lock and state
/// speak of the same placement.
public final class Recheck {
  /// More reasons why one certificate does not hold than a reader would look at.
  private static final int REASONS = 3;

  private final FleetFolder folder;
  private final Fleet fleet;
  private final Diagnostics diagnostics;

  private Recheck(FleetFolder folder, Fleet fleet, Diagnostics diagnostics) {
    this.folder = folder;
    this.fleet = fleet;
    this.diagnostics = diagnostics;
  }

  /// Reports what is wrong with the certificate of an environment.
  ///
  /// @param file the certificate
  /// @return the certificate, when it could be read
  public static Optional<Certificate> of(
      FleetFolder folder, Fleet fleet, Path file, Diagnostics diagnostics) {
    Recheck recheck = new Recheck(folder, fleet, diagnostics);
    Optional<Certificate> certificate = recheck.read(file);
    certificate.ifPresent(read -> recheck.check(read, file.toString()));
    return certificate;
  }

  /// Reports what is wrong with a certificate by itself, whatever fleet its question speaks of.
  public static Optional<Certificate> alone(
      FleetFolder folder, Fleet fleet, Path file, Diagnostics diagnostics) {
    Recheck recheck = new Recheck(folder, fleet, diagnostics);
    Optional<Certificate> certificate = recheck.read(file);
    certificate.ifPresent(
        read ->
            recheck.report(
                Code.GOPS3024,
                file.toString(),
                read.pools().isEmpty() ? List.of("it proves nothing") : read.violations()));
    return certificate;
  }

  private Optional<Certificate> read(Path file) {
    try {
      return Optional.of(
          CertificateReader.read(
              new String(GivenFile.read(file, GivenFile.RECORD), StandardCharsets.UTF_8)));
    } catch (NoSuchFileException _) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS3022, fleet.environment(), file.toString()).hint("hint"));
    } catch (IOException failure) {
      diagnostics.report(
          Diagnostic.of(Code.GOPS3023, file.toString(), SystemReason.of(failure)).hint("hint"));
    }
    return Optional.empty();
  }

  private void check(Certificate certificate, String file) {
    Diagnostics found = new Diagnostics();
    Lock lock = folder.readLock(fleet.environment(), found);
    State state = folder.readState(fleet.environment(), found);
    diagnostics.reportAll(found.sorted());
    if (found.hasErrors()) {
      return;
    }
    List<String> violations = new ArrayList<>(certificate.violations());
    violations.addAll(QuestionCheck.violations(certificate, fleet, state));
    report(Code.GOPS3024, file, violations);
    report(Code.GOPS3025, file, LockCheck.violations(certificate, lock, state));
  }

  private void report(Code code, String file, List<String> violations) {
    if (violations.isEmpty()) {
      return;
    }
    String reasons = String.join("; ", violations.subList(0, Math.min(REASONS, violations.size())));
    int more = violations.size() - REASONS;
    diagnostics.report(
        more > 0
            ? Diagnostic.of(code, file).saying("more", file, reasons, more).hint("hint")
            : Diagnostic.of(code, file, reasons).hint("hint"));
  }
}
