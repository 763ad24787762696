package io.gops.kubernetes;

import java.io.File;
import java.nio.file.Path;
import org.approvaltests.Approvals;
import org.approvaltests.core.Options;
import org.approvaltests.namer.ApprovalNamer;

/// Compares with `golden/<case>/<aspect>.approved.<ending>`.
final class GoldenFiles {
  private GoldenFiles() {}

  static void verify(String text, String name, String aspect, String ending) {
    Approvals.verify(
        text,
        new Options()
            .forFile()
            .withNamer(new CaseNamer(name, aspect))
            .forFile()
            .withExtension("." + ending));
  }

  private record CaseNamer(String name, String aspect) implements ApprovalNamer {
    @Override
    public File getApprovedFile(String extension) {
      return file("approved", extension);
    }

    @Override
    public File getReceivedFile(String extension) {
      return file("received", extension);
    }

    private File file(String kind, String extension) {
      return folder().resolve(aspect + "." + kind + extension).toFile();
    }

    private Path folder() {
      return Path.of(System.getProperty("gops.root"), "golden", name);
    }

    @Override
    public String getApprovalName() {
      return aspect;
    }

    @Override
    public String getSourceFilePath() {
      return folder() + File.separator;
    }

    @Override
    public ApprovalNamer addAdditionalInformation(String information) {
      return new CaseNamer(name, aspect + "." + information);
    }

    @Override
    public String getAdditionalInformation() {
      return "";
    }
  }
}
