package io.gops.diagnostic;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.json.JsonDocument;
import io.gops.source.Place;
import java.io.IOException;
import java.util.List;

/// Diagnostics as a GitLab code quality report, which merge requests show beside the changed lines.
public final class GitLabReport {
  private final Presentation presentation;

  public GitLabReport(Presentation presentation) {
    this.presentation = presentation;
  }

  /// One JSON document.
  public String print(List<Diagnostic> diagnostics) {
    Fingerprints fingerprints = new Fingerprints(presentation);
    return JsonDocument.print(
        json -> {
          json.writeStartArray();
          for (Diagnostic diagnostic : diagnostics) {
            write(
                new Finding(
                    presentation.whole(diagnostic),
                    diagnostic.code().name(),
                    fingerprints.of(diagnostic),
                    severity(diagnostic.severity()),
                    presentation.path(diagnostic),
                    diagnostic.place().map(Place::line).orElse(1)),
                json);
          }
          json.writeEndArray();
        });
  }

  /// One entry of a report.
  ///
  /// @param fingerprint the same in each run
  /// @param severity `info`, `minor`, `major`, `critical` or `blocker`
  public record Finding(
      String description,
      String check,
      String fingerprint,
      String severity,
      String path,
      int line) {}

  /// Writes an entry into the array that is open.
  public static void write(Finding finding, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("description", finding.description());
    json.writeStringField("check_name", finding.check());
    json.writeStringField("fingerprint", finding.fingerprint());
    json.writeStringField("severity", finding.severity());
    json.writeObjectFieldStart("location");
    json.writeStringField("path", finding.path());
    json.writeObjectFieldStart("lines");
    json.writeNumberField("begin", finding.line());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case ERROR -> "critical";
      case WARNING -> "minor";
      case NOTE -> "info";
    };
  }
}
