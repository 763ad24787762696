package io.gops.diagnostic;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.source.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Diagnostics in the Static Analysis Results Interchange Format.
public final class SarifReport {
  private final Presentation presentation;
  private final String version;
  private final Function<Code, String> pages;

  /// @param version of the compiler
  /// @param pages the page about a code, in Markdown; empty when there is none
  public SarifReport(Presentation presentation, String version, Function<Code, String> pages) {
    this.presentation = presentation;
    this.version = version;
    this.pages = pages;
  }

  /// One JSON document.
  public String print(List<Diagnostic> diagnostics) {
    SortedSet<Code> rules = new TreeSet<>();
    diagnostics.forEach(diagnostic -> rules.add(diagnostic.code()));
    return Sarif.print(
        "gopsc",
        version,
        json -> {
          for (Code code : rules) {
            rule(code, json);
          }
        },
        json -> results(diagnostics, new ArrayList<>(rules), json));
  }

  private void rule(Code code, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", code.name());
    Sarif.message("shortDescription", presentation.catalogue().outline(code.name()), json);
    json.writeObjectFieldStart("defaultConfiguration");
    json.writeStringField("level", level(code.severity()));
    json.writeEndObject();
    json.writeObjectFieldStart("help");
    String hint = code.name() + ".hint";
    String advice =
        presentation.catalogue().has(hint) ? presentation.catalogue().outline(hint) + "\n" : "";
    json.writeStringField("text", advice + "gopsc explain " + code.name());
    String page = pages.apply(code);
    if (!page.isEmpty()) {
      json.writeStringField("markdown", page);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void results(List<Diagnostic> diagnostics, List<Code> rules, JsonGenerator json)
      throws IOException {
    Fingerprints fingerprints = new Fingerprints(presentation);
    for (Diagnostic diagnostic : diagnostics) {
      json.writeStartObject();
      json.writeStringField("ruleId", diagnostic.code().name());
      json.writeNumberField("ruleIndex", rules.indexOf(diagnostic.code()));
      json.writeStringField("level", level(diagnostic.severity()));
      Sarif.message("message", sentence(diagnostic), json);
      locations(diagnostic, json);
      json.writeObjectFieldStart("partialFingerprints");
      json.writeStringField("gopsc/v1", fingerprints.of(diagnostic));
      json.writeEndObject();
      fixes(diagnostic, json);
      json.writeEndObject();
    }
  }

  /// The message and the advice; the other places stand among the related locations.
  private String sentence(Diagnostic diagnostic) {
    String text = presentation.text(diagnostic.message());
    return diagnostic.hint().map(hint -> text + "\n" + presentation.text(hint)).orElse(text);
  }

  private void locations(Diagnostic diagnostic, JsonGenerator json) throws IOException {
    Sarif.location(
        presentation.path(diagnostic),
        within -> {
          if (diagnostic.place().isPresent()) {
            region("region", diagnostic.place().get(), within);
          }
        },
        json);
    if (diagnostic.related().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("relatedLocations");
    for (Related related : diagnostic.related()) {
      json.writeStartObject();
      Sarif.physical(
          presentation.paths().apply(related.place().file().path()),
          within -> region("region", related.place(), within),
          json);
      Sarif.message("message", presentation.text(related.message()), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void fixes(Diagnostic diagnostic, JsonGenerator json) throws IOException {
    if (diagnostic.fixes().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("fixes");
    for (Fix fix : diagnostic.fixes()) {
      json.writeStartObject();
      Sarif.message("description", presentation.text(fix.title()), json);
      json.writeArrayFieldStart("artifactChanges");
      for (Fix.Edit edit : fix.edits()) {
        json.writeStartObject();
        Sarif.artifact(presentation.paths().apply(edit.place().file().path()), json);
        json.writeArrayFieldStart("replacements");
        json.writeStartObject();
        region("deletedRegion", edit.place(), json);
        json.writeObjectFieldStart("insertedContent");
        json.writeStringField("text", edit.replacement());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void region(String name, Place place, JsonGenerator json) throws IOException {
    int end = place.span().end();
    json.writeObjectFieldStart(name);
    json.writeNumberField("startLine", place.line());
    json.writeNumberField("startColumn", place.column());
    json.writeNumberField("endLine", place.file().line(end));
    json.writeNumberField("endColumn", place.file().column(end));
    json.writeEndObject();
  }

  private static String level(Severity severity) {
    return severity.word();
  }
}
