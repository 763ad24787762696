package io.gops.diagnostic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.source.Place;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Diagnostics in the Static Analysis Results Interchange Format 2.1.0.
///
/// Lines and columns count from 1, columns in code points; an end column is the one behind the
/// last. File names are relative URIs, so that the reader's checkout may be anywhere.
public final class SarifReport {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

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
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("$schema", SCHEMA);
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      json.writeStartObject();
      driver(rules, json);
      json.writeStringField("columnKind", "unicodeCodePoints");
      results(diagnostics, new ArrayList<>(rules), json);
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void driver(SortedSet<Code> rules, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "gopsc");
    json.writeStringField("version", version);
    json.writeArrayFieldStart("rules");
    for (Code code : rules) {
      rule(code, json);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private void rule(Code code, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", code.name());
    message("shortDescription", presentation.catalogue().outline(code.name()), json);
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
    json.writeArrayFieldStart("results");
    for (Diagnostic diagnostic : diagnostics) {
      json.writeStartObject();
      json.writeStringField("ruleId", diagnostic.code().name());
      json.writeNumberField("ruleIndex", rules.indexOf(diagnostic.code()));
      json.writeStringField("level", level(diagnostic.severity()));
      message("message", sentence(diagnostic), json);
      locations(diagnostic, json);
      json.writeObjectFieldStart("partialFingerprints");
      json.writeStringField("gopsc/v1", fingerprints.of(diagnostic));
      json.writeEndObject();
      fixes(diagnostic, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// The message and the advice; the other places stand among the related locations.
  private String sentence(Diagnostic diagnostic) {
    String text = presentation.text(diagnostic.message());
    return diagnostic.hint().map(hint -> text + "\n" + presentation.text(hint)).orElse(text);
  }

  private void locations(Diagnostic diagnostic, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    artifact(presentation.path(diagnostic), json);
    if (diagnostic.place().isPresent()) {
      region("region", diagnostic.place().get(), json);
    }
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
    if (diagnostic.related().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("relatedLocations");
    for (Related related : diagnostic.related()) {
      json.writeStartObject();
      json.writeObjectFieldStart("physicalLocation");
      artifact(presentation.paths().apply(related.place().file().path()), json);
      region("region", related.place(), json);
      json.writeEndObject();
      message("message", presentation.text(related.message()), json);
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
      message("description", presentation.text(fix.title()), json);
      json.writeArrayFieldStart("artifactChanges");
      for (Fix.Edit edit : fix.edits()) {
        json.writeStartObject();
        artifact(presentation.paths().apply(edit.place().file().path()), json);
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

  private static void artifact(String path, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(path));
    json.writeEndObject();
  }

  private static void message(String name, String text, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  /// A path as a URI reference: whatever is neither a letter, a digit nor one of `-._~/` is written
  /// as the percent form of its UTF-8 bytes, so that no part of it reads as a scheme or a query.
  public static String uri(String path) {
    StringBuilder uri = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean isPlain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~/".indexOf(c) >= 0;
      if (isPlain) {
        uri.append(c);
      } else {
        uri.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return uri.toString();
  }

  private static String level(Severity severity) {
    return severity.word();
  }
}
