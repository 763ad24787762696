package io.gops.golden;

import java.io.File;
import java.nio.file.Path;
import org.approvaltests.Approvals;
import org.approvaltests.core.Options;
import org.approvaltests.namer.ApprovalNamer;
import org.approvaltests.reporters.QuietReporter;

/// One aspect of a case: `golden/<case>/<aspect>.approved.<ending>`.
public record GoldenCase(String name, String aspect) implements ApprovalNamer {
  /// The folder that holds all cases.
  public static Path root() {
    return Path.of(System.getProperty("gops.root"), "golden");
  }

  /// Fails unless `result` is what was approved; leaves the received file beside it then.
  public void verify(String result) {
    Approvals.verify(result, new Options(QuietReporter.INSTANCE).forFile().withNamer(this));
  }

  @Override
  public String getApprovalName() {
    return aspect;
  }

  @Override
  public String getSourceFilePath() {
    return root().resolve(name) + File.separator;
  }

  @Override
  public File getApprovedFile(String ending) {
    return root().resolve(name).resolve(aspect + ".approved" + ending).toFile();
  }

  @Override
  public File getReceivedFile(String ending) {
    return root().resolve(name).resolve(aspect + ".received" + ending).toFile();
  }

  @Override
  public ApprovalNamer addAdditionalInformation(String information) {
    return new GoldenCase(name, aspect + "." + information);
  }

  @Override
  public String getAdditionalInformation() {
    return "";
  }
}
