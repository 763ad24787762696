package io.gops.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which files in an output folder are the compiler's: what it may replace and remove.
///
/// @param compiler version that wrote it
/// @param files by path
record Manifest(String compiler, SortedMap<String, Entry> files) {
  static final String NAME = ArtifactPath.RESERVED + "-manifest.json";

  /// @param sha256 hexadecimal
  /// @param sources paths of the files it was made from, sorted
  record Entry(String sha256, List<String> sources) {
    Entry {
      sources = List.copyOf(sources);
    }
  }

  Manifest {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /// The manifest of a folder; an empty one when there is none.
  ///
  /// @throws IOException also when it is not a manifest
  static Manifest read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Manifest("", new TreeMap<>());
    }
    String text = Files.readString(file);
    return read(isConflict(text) ? union(text) : text);
  }

  private static Manifest read(String text) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      expect(json, JsonToken.START_OBJECT);
      String compiler = "";
      SortedMap<String, Entry> files = new TreeMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (json.currentName()) {
          case "compiler" -> compiler = text(json);
          case "files" -> files(json, files);
          default -> throw new IOException("unknown field " + json.currentName());
        }
      }
      return new Manifest(compiler, files);
    }
  }

  /// Whether git left a conflict here, from its first mark to its last.
  private static boolean isConflict(String text) {
    return text.lines().anyMatch(line -> line.startsWith("<<<<<<< "))
        && text.lines().anyMatch(line -> line.startsWith(">>>>>>> "));
  }

  /// The files of both branches, where git could not merge the manifest: both are the compiler's,
  /// and the next compile writes or removes each of them.
  private static String union(String conflicted) {
    String files =
        conflicted
            .lines()
            .map(line -> line.startsWith(",") ? line.substring(1) : line)
            .filter(line -> line.startsWith("{\"path\":"))
            .collect(Collectors.joining(",\n"));
    return "{\"files\":[" + files + "]}";
  }

  /// One file a line, so that git merges line by line.
  byte[] print() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeRaw("\n");
      json.writeStringField("compiler", compiler);
      json.writeArrayFieldStart("files");
      for (Map.Entry<String, Entry> file : files.entrySet()) {
        json.writeRaw("\n");
        json.writeStartObject();
        json.writeStringField("path", file.getKey());
        json.writeStringField("sha256", file.getValue().sha256());
        json.writeArrayFieldStart("sources");
        for (String source : file.getValue().sources()) {
          json.writeString(source);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeRaw("\n");
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw("\n");
    }
    return bytes.toByteArray();
  }

  private static void files(JsonParser json, SortedMap<String, Entry> files) throws IOException {
    expect(json, JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String path = "";
      String sha256 = "";
      List<String> sources = new ArrayList<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (json.currentName()) {
          case "path" -> path = text(json);
          case "sha256" -> sha256 = text(json);
          case "sources" -> {
            expect(json, JsonToken.START_ARRAY);
            while (json.nextToken() == JsonToken.VALUE_STRING) {
              sources.add(json.getText());
            }
          }
          default -> throw new IOException("unknown field " + json.currentName());
        }
      }
      if (!ArtifactPath.isSafe(path)) {
        throw new IOException("unsafe path " + path);
      }
      files.put(path, new Entry(sha256, sources));
    }
  }

  private static String text(JsonParser json) throws IOException {
    expect(json, JsonToken.VALUE_STRING);
    return json.getText();
  }

  private static void expect(JsonParser json, JsonToken token) throws IOException {
    if (json.nextToken() != token) {
      throw new IOException("expected " + token + " in line " + json.currentLocation().getLineNr());
    }
  }
}
