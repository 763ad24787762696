package io.gops.review;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.diagnostic.GitHubReport;
import io.gops.diagnostic.GitLabReport;
import io.gops.diagnostic.JunitReport;
import io.gops.diagnostic.Sarif;
import io.gops.diff.ConsequenceClass;
import io.gops.json.JsonDocument;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Changes as findings of build servers: SARIF, annotations of GitHub, code quality of GitLab, and
/// JUnit.
public final class DiffFindings {
  /// Annotations of one kind that a step of GitHub may have.
  private static final int ANNOTATIONS = 10;

  private final List<Finding> findings;
  private final String home;

  /// @param paths makes of a path in the fleet's folder the one that the reader can open
  /// @param home the file to name for what no line says
  public DiffFindings(List<Reviewed> all, UnaryOperator<String> paths, String home) {
    this.findings = Finding.of(all, paths, home);
    this.home = home;
  }

  /// @param version of the compiler
  public String sarif(String version) {
    return Sarif.print(
            "gopsc diff",
            version,
            DiffFindings::rules,
            json -> {
              for (Finding finding : findings) {
                result(finding, json);
              }
            })
        + "\n";
  }

  private static void rules(JsonGenerator json) throws IOException {
    for (ConsequenceClass risk : ConsequenceClass.values()) {
      json.writeStartObject();
      json.writeStringField("id", risk.name());
      Sarif.message("shortDescription", risk.meaning(), json);
      json.writeEndObject();
    }
  }

  private static void result(Finding finding, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", finding.risk().name());
    json.writeStringField("level", level(finding));
    Sarif.message("message", finding.text(), json);
    Sarif.location(finding.path(), finding.line(), json);
    json.writeObjectFieldStart("partialFingerprints");
    json.writeStringField("gopscChange/v1", finding.environment() + "/" + finding.change().id());
    json.writeEndObject();
    if (finding.isWaived()) {
      json.writeArrayFieldStart("suppressions");
      json.writeStartObject();
      json.writeStringField("kind", "inSource");
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static String level(Finding finding) {
    return switch (finding.risk()) {
      case R6, R5, R4 -> "error";
      case R3, R2 -> "warning";
      case R1, R0 -> "note";
    };
  }

  /// Workflow commands that become annotations of the lines; the worst ten, the last of which says
  /// how many more there are.
  public String github() {
    StringBuilder out = new StringBuilder();
    int shown = findings.size() > ANNOTATIONS ? ANNOTATIONS - 1 : findings.size();
    for (Finding finding : findings.subList(0, shown)) {
      boolean isGrave = finding.risk().compareTo(ConsequenceClass.R4) >= 0 && !finding.isWaived();
      out.append(isGrave ? "::warning file=" : "::notice file=")
          .append(GitHubReport.property(finding.path()))
          .append(",line=")
          .append(finding.line())
          .append(",title=")
          .append(GitHubReport.property(finding.title()))
          .append("::")
          .append(GitHubReport.data(finding.text()))
          .append('\n');
    }
    if (findings.size() > shown) {
      out.append("::notice title=gopsc diff::+")
          .append(findings.size() - shown)
          .append(" more changes\n");
    }
    return out.toString();
  }

  /// A code quality report of GitLab.
  public String gitlab() {
    Map<String, Integer> seen = new HashMap<>();
    return JsonDocument.print(
            json -> {
              json.writeStartArray();
              for (Finding finding : findings) {
                String id = finding.environment() + "/" + finding.change().id();
                int number = seen.merge(id, 1, Integer::sum);
                GitLabReport.write(
                    new GitLabReport.Finding(
                        finding.title() + ": " + finding.text(),
                        finding.risk().name(),
                        number == 1 ? id : id + "/" + number,
                        severity(finding),
                        finding.path(),
                        finding.line()),
                    json);
              }
              json.writeEndArray();
            })
        + "\n";
  }

  private static String severity(Finding finding) {
    if (finding.isWaived()) {
      return "info";
    }
    return switch (finding.risk()) {
      case R6 -> "blocker";
      case R5 -> "critical";
      case R4 -> "major";
      case R3, R2 -> "minor";
      case R1, R0 -> "info";
    };
  }

  /// Each change as a test case, which fails when it is as bad as somebody forbids.
  ///
  /// @param limit the first class that fails
  public String junit(ConsequenceClass limit) {
    List<JunitReport.Case> cases =
        findings.isEmpty()
            ? List.of(JunitReport.Case.passed(home, "no runtime change", ""))
            : findings.stream().map(finding -> test(finding, limit)).toList();
    return JunitReport.print("gopsc diff", cases);
  }

  private static JunitReport.Case test(Finding finding, ConsequenceClass limit) {
    boolean fails = finding.risk().compareTo(limit) >= 0 && !finding.isWaived();
    return new JunitReport.Case(
        finding.path(),
        finding.title() + " " + finding.change().id(),
        finding.path() + ":" + finding.line(),
        fails ? finding.text() : "",
        finding.risk().name(),
        fails ? "" : finding.text(),
        false);
  }
}
