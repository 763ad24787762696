package io.gops.diagnostic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.source.Place;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartArray();
      for (Diagnostic diagnostic : diagnostics) {
        json.writeStartObject();
        json.writeStringField("description", presentation.whole(diagnostic));
        json.writeStringField("check_name", diagnostic.code().name());
        json.writeStringField("fingerprint", fingerprints.of(diagnostic));
        json.writeStringField("severity", severity(diagnostic.severity()));
        json.writeObjectFieldStart("location");
        json.writeStringField("path", presentation.path(diagnostic));
        json.writeObjectFieldStart("lines");
        json.writeNumberField("begin", diagnostic.place().map(Place::line).orElse(1));
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case ERROR -> "critical";
      case WARNING -> "minor";
      case NOTE -> "info";
    };
  }
}
