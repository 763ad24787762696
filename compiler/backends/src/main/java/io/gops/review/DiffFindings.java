package io.gops.review;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.diagnostic.GitHubReport;
import io.gops.diagnostic.JunitReport;
import io.gops.diagnostic.SarifReport;
import io.gops.diff.ConsequenceClass;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
    return document(
        json -> {
          json.writeStartObject();
          json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
          json.writeStringField("version", "2.1.0");
          json.writeArrayFieldStart("runs");
          json.writeStartObject();
          driver(version, json);
          json.writeArrayFieldStart("results");
          for (Finding finding : findings) {
            result(finding, json);
          }
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void driver(String version, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "gopsc diff");
    json.writeStringField("version", version);
    json.writeArrayFieldStart("rules");
    for (ConsequenceClass risk : ConsequenceClass.values()) {
      json.writeStartObject();
      json.writeStringField("id", risk.name());
      text("shortDescription", risk.meaning(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void result(Finding finding, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", finding.risk().name());
    json.writeStringField("level", level(finding));
    text("message", finding.text(), json);
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", SarifReport.uri(finding.path()));
    json.writeEndObject();
    json.writeObjectFieldStart("region");
    json.writeNumberField("startLine", finding.line());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
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

  private static void text(String name, String text, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", text);
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
    return document(
        json -> {
          json.writeStartArray();
          for (Finding finding : findings) {
            String id = finding.environment() + "/" + finding.change().id();
            int number = seen.merge(id, 1, Integer::sum);
            json.writeStartObject();
            json.writeStringField("description", finding.title() + ": " + finding.text());
            json.writeStringField("check_name", finding.risk().name());
            json.writeStringField("fingerprint", number == 1 ? id : id + "/" + number);
            json.writeStringField("severity", severity(finding));
            json.writeObjectFieldStart("location");
            json.writeStringField("path", finding.path());
            json.writeObjectFieldStart("lines");
            json.writeNumberField("begin", finding.line());
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
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

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String document(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }
}
