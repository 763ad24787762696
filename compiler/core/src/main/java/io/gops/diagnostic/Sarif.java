package io.gops.diagnostic;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.json.JsonDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The frame of a document in the Static Analysis Results Interchange Format 2.1.0, and the parts
/// that stand in each.
///
/// Lines and columns count from 1, columns in code points; an end column is the one behind the
/// last. File names are relative URIs, so that the reader's checkout may be anywhere.
public final class Sarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private Sarif() {}

  /// One JSON document.
  ///
  /// @param tool what found the results
  /// @param version of the compiler
  /// @param rules writes what there is to find
  /// @param results writes what was found
  public static String print(
      String tool, String version, JsonDocument.Part rules, JsonDocument.Part results) {
    return JsonDocument.print(
        json -> {
          json.writeStartObject();
          json.writeStringField("$schema", SCHEMA);
          json.writeStringField("version", "2.1.0");
          json.writeArrayFieldStart("runs");
          json.writeStartObject();
          json.writeObjectFieldStart("tool");
          json.writeObjectFieldStart("driver");
          json.writeStringField("name", tool);
          json.writeStringField("version", version);
          json.writeArrayFieldStart("rules");
          rules.write(json);
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndObject();
          json.writeStringField("columnKind", "unicodeCodePoints");
          json.writeArrayFieldStart("results");
          results.write(json);
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /// The only location of a result.
  ///
  /// @param region writes where in the file it is; nothing for the whole file
  static void location(String path, JsonDocument.Part region, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    physical(path, region, json);
    json.writeEndObject();
    json.writeEndArray();
  }

  /// A location of a result that begins with a line.
  public static void location(String path, int line, JsonGenerator json) throws IOException {
    location(
        path,
        within -> {
          within.writeObjectFieldStart("region");
          within.writeNumberField("startLine", line);
          within.writeEndObject();
        },
        json);
  }

  static void physical(String path, JsonDocument.Part region, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart("physicalLocation");
    artifact(path, json);
    region.write(json);
    json.writeEndObject();
  }

  static void artifact(String path, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(path));
    json.writeEndObject();
  }

  /// A field with a text for people.
  public static void message(String name, String text, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  /// A path as a URI reference: whatever is neither a letter, a digit nor one of `-._~/` is written
  /// as the percent form of its UTF-8 bytes, so that no part of it reads as a scheme or a query.
  static String uri(String path) {
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
}
