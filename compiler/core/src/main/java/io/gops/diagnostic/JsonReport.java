package io.gops.diagnostic;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/// Writes diagnostics for another program.
public final class JsonReport {
  private final Catalogue catalogue;
  private final UnaryOperator<String> paths;

  /// @param paths makes of a path in the fleet's folder the one that the reader can open
  public JsonReport(Catalogue catalogue, UnaryOperator<String> paths) {
    this.catalogue = catalogue;
    this.paths = paths;
  }

  /// Writes the field `diagnostics` into the object that is open.
  public void write(List<Diagnostic> diagnostics, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("diagnostics");
    for (Diagnostic diagnostic : diagnostics) {
      write(diagnostic, json);
    }
    json.writeEndArray();
  }

  private void write(Diagnostic diagnostic, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", diagnostic.code().name());
    json.writeStringField("severity", diagnostic.severity().word());
    json.writeStringField("message", catalogue.text(diagnostic.message()));
    if (diagnostic.place().isPresent()) {
      place(diagnostic.place().get(), json);
    }
    json.writeArrayFieldStart("related");
    for (Related related : diagnostic.related()) {
      json.writeStartObject();
      json.writeStringField("message", catalogue.text(related.message()));
      place(related.place(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (diagnostic.hint().isPresent()) {
      json.writeStringField("hint", catalogue.text(diagnostic.hint().get()));
    }
    json.writeArrayFieldStart("fixes");
    for (Fix fix : diagnostic.fixes()) {
      write(fix, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(Fix fix, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("title", catalogue.text(fix.title()));
    json.writeBooleanField("decision", fix.decision());
    json.writeArrayFieldStart("edits");
    for (Fix.Edit edit : fix.edits()) {
      json.writeStartObject();
      place(edit.place(), json);
      json.writeStringField("replacement", edit.replacement());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Lines and columns count from 1, columns in code points; offset and length in UTF-16 units.
  private void place(Place place, JsonGenerator json) throws IOException {
    SourceFile file = place.file();
    int end = place.span().end();
    json.writeStringField("path", paths.apply(file.path()));
    json.writeNumberField("line", place.line());
    json.writeNumberField("column", place.column());
    json.writeNumberField("endLine", file.line(end));
    json.writeNumberField("endColumn", file.column(end));
    json.writeNumberField("offset", place.span().offset());
    json.writeNumberField("length", place.span().length());
  }
}
