package io.gops.review;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.diagnostic.Waiver;
import io.gops.diff.Cause;
import io.gops.diff.Change;
import io.gops.diff.ConsequenceClass;
import io.gops.diff.Edit;
import io.gops.diff.FleetDiff;
import io.gops.diff.ZoneRanges;
import io.gops.json.JsonDocument;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Changes as members of a JSON object; `docs/schemas/diff.schema.json` describes them.
public final class DiffJson {
  private final UnaryOperator<String> paths;

  /// @param paths makes of a path in the fleet's folder the one that the reader can open
  public DiffJson(UnaryOperator<String> paths) {
    this.paths = paths;
  }

  /// Writes the field `diffs` into the object that is open.
  public void write(List<Reviewed> all, String against, JsonGenerator json) throws IOException {
    json.writeStringField("against", against);
    json.writeArrayFieldStart("diffs");
    for (Reviewed reviewed : all) {
      write(reviewed, json);
    }
    json.writeEndArray();
  }

  private void write(Reviewed reviewed, JsonGenerator json) throws IOException {
    FleetDiff diff = reviewed.diff();
    json.writeStartObject();
    json.writeStringField("fleet", diff.fleet());
    json.writeStringField("environment", diff.environment());
    json.writeStringField("worst", diff.worst().name());
    json.writeNumberField("waived", reviewed.waived());
    json.writeObjectFieldStart("counts");
    for (ConsequenceClass risk : ConsequenceClass.values()) {
      json.writeNumberField(risk.name(), Summary.of(diff, risk));
    }
    json.writeEndObject();
    json.writeArrayFieldStart("changes");
    for (Change change : diff.changes()) {
      write(change, reviewed, json);
    }
    json.writeEndArray();
    JsonDocument.strings("notes", diff.notes(), json);
    json.writeEndObject();
  }

  private void write(Change change, Reviewed reviewed, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", change.id());
    json.writeStringField("kind", change.kind().word());
    json.writeStringField("risk", change.risk().name());
    if (change.cause().isPresent()) {
      cause(change.cause().get(), json);
    }
    if (!change.zones().isEmpty()) {
      json.writeStringField("zones", ZoneRanges.print(change.zones(), reviewed.diff().zones()));
    }
    json.writeNumberField("size", change.size());
    JsonDocument.strings("subjects", change.subjects(), json);
    json.writeArrayFieldStart("edits");
    for (Edit edit : change.edits()) {
      edit(edit, json);
    }
    json.writeEndArray();
    JsonDocument.strings("consequences", change.consequences(), json);
    JsonDocument.strings("files", TouchedFiles.of(change, reviewed.diff()), json);
    optional("like", change.like(), json);
    Optional<Waiver> waiver = reviewed.waiver(change);
    if (waiver.isPresent()) {
      json.writeObjectFieldStart("waived");
      json.writeStringField("reason", waiver.get().reason());
      json.writeStringField("until", waiver.get().until().toString());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void cause(Cause cause, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("cause");
    json.writeStringField("path", paths.apply(cause.path()));
    json.writeNumberField("line", cause.line());
    json.writeStringField("text", cause.text());
    json.writeBooleanField("gone", cause.isGone());
    json.writeEndObject();
  }

  private static void edit(Edit edit, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("path", edit.path());
    optional("from", edit.from(), json);
    optional("to", edit.to(), json);
    json.writeStringField("risk", edit.risk().name());
    if (edit.remark().isPresent()) {
      json.writeStringField("remark", edit.remark().get().text());
    }
    json.writeEndObject();
  }

  private static void optional(String name, Optional<String> value, JsonGenerator json)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }
}
