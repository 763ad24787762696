package io.gops.report;

import io.gops.artifact.Artifact;
import io.gops.artifact.Artifacts;
import io.gops.compilation.Backend;
import io.gops.compilation.Compiled;
import io.gops.diagnostic.Diagnostics;
import io.gops.verify.Certificate;
import io.gops.verify.CertificateText;
import java.util.List;

/// Figures and pictures: the capacity proof, and who may talk to whom.
public final class ReportBackend implements Backend {
  @Override
  public String id() {
    return "report";
  }

  @Override
  public void generate(Compiled compiled, Artifacts files, Diagnostics diagnostics) {
    String folder =
        compiled.deployment().environment()
            + "/"
            + compiled.deployment().cluster().name()
            + "/report/";
    files.accept(
        new Artifact(
            folder + "capacity.json",
            List.of(compiled.fleet().origins().declaration()),
            false,
            out -> CapacityJson.write(compiled.capacity(), out)));
    files.accept(
        Artifact.of(
            folder + "certificate.json",
            List.of(compiled.fleet().origins().declaration()),
            CertificateText.print(Certificate.of(compiled.capacity(), compiled.fleet()))));
    files.accept(
        Artifact.of(
            folder + "capacity.html",
            List.of(compiled.fleet().origins().declaration()),
            CapacityPage.html(compiled.capacity(), compiled.fleet())));
    files.accept(
        Artifact.of(
            folder + "network.html",
            List.of(compiled.fleet().origins().declaration()),
            NetworkPage.html(
                compiled.fleet(),
                compiled.deployment(),
                compiled.overlay(),
                compiled.verification())));
    files.accept(
        Artifact.of(
            folder + "capacity.svg",
            List.of(compiled.fleet().origins().declaration()),
            CapacityPicture.svg(compiled.capacity())));
  }
}
