package io.gops.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A JSON value. Members of an object have no order of their own and are printed sorted, without
/// white space: equal values have equal bytes, so a hash of the text identifies the value.
public sealed interface Json {
  /// An object.
  record Obj(SortedMap<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }
  }

  /// An array.
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /// A string.
  record Text(String value) implements Json {}

  /// A number, as it was written.
  record Num(String digits) implements Json {}

  /// `true` or `false`.
  record Bool(boolean value) implements Json {}

  /// `null`.
  record Null() implements Json {}

  static Json of(String value) {
    return new Text(value);
  }

  static Json of(long value) {
    return new Num(Long.toString(value));
  }

  /// Starts an object.
  static Members object() {
    return new Members();
  }

  /// Collects the members of an object.
  final class Members {
    private final SortedMap<String, Json> members = new TreeMap<>();

    private Members() {}

    public Members with(String name, Json value) {
      members.put(name, value);
      return this;
    }

    public Members with(String name, String value) {
      return with(name, Json.of(value));
    }

    public Members with(String name, long value) {
      return with(name, Json.of(value));
    }

    public Obj end() {
      return new Obj(members);
    }
  }

  /// Reads one value that is the whole text.
  ///
  /// @throws IOException when it is not JSON, names a member twice, or goes on after the value
  static Json parse(String text) throws IOException {
    try (JsonParser parser = StrictJson.FACTORY.createParser(text)) {
      parser.nextToken();
      Json value = value(parser);
      if (parser.nextToken() != null) {
        throw new IOException("text after the value");
      }
      return value;
    }
  }

  private static Json value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("the text ends where a value should be");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getText());
      case VALUE_TRUE -> new Bool(true);
      case VALUE_FALSE -> new Bool(false);
      case VALUE_NULL -> new Null();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("unexpected " + token);
    };
  }

  private static Json object(JsonParser parser) throws IOException {
    SortedMap<String, Json> members = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new Obj(members);
  }

  private static Json array(JsonParser parser) throws IOException {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new Arr(items);
  }

  /// The canonical text.
  default String print() {
    StringBuilder text = new StringBuilder();
    print(this, text);
    return text.toString();
  }

  private static void print(Json value, StringBuilder text) {
    switch (value) {
      case Obj object -> {
        text.append('{');
        String separator = "";
        for (var member : object.members().entrySet()) {
          text.append(separator);
          quote(member.getKey(), text);
          text.append(':');
          print(member.getValue(), text);
          separator = ",";
        }
        text.append('}');
      }
      case Arr array -> {
        text.append('[');
        String separator = "";
        for (Json item : array.items()) {
          text.append(separator);
          print(item, text);
          separator = ",";
        }
        text.append(']');
      }
      case Text(String string) -> quote(string, text);
      case Num(String digits) -> text.append(digits);
      case Bool(boolean truth) -> text.append(truth);
      case Null _ -> text.append("null");
    }
  }

  /// Quotes what JSON requires and nothing more; other characters stand as they are.
  private static void quote(String string, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c == '\n') {
        text.append("\\n");
      } else if (c == '\t') {
        text.append("\\t");
      } else if (c < 0x20 || c == 0x7f) {
        text.append("\\u00").append(Character.forDigit(c >> 4, 16));
        text.append(Character.forDigit(c & 15, 16));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
