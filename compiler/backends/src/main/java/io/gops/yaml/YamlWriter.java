package io.gops.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Writes maps, lists and scalars as block-style YAML in one pass.
///
/// The order of a map is kept, so the same tree gives the same bytes. The values are [Map] with
/// string keys, [Iterable], [JsonNode], [String], [Boolean], whole [Number]s and null. Anything
/// else is an [IllegalArgumentException], because it would be a mistake of the caller: the compiler
/// has no fractions, and a type printed by `toString` is how a wrong value becomes a string.
public final class YamlWriter {
  /// YAML allows no longer key without a `?`; Kubernetes keys have at most 317 characters.
  private static final int LONGEST_KEY = 1000;

  private final StringBuilder out;

  /// @param out receives the text
  public YamlWriter(StringBuilder out) {
    this.out = out;
  }

  /// Writes one document without a `---` line.
  public static String print(Object tree) {
    StringBuilder text = new StringBuilder();
    new YamlWriter(text).document(tree);
    return text.toString();
  }

  /// Starts the next document of a stream.
  public YamlWriter separator() {
    out.append("---\n");
    return this;
  }

  /// Writes a comment line.
  ///
  /// @param text the compiler's own words, never text of a user
  public YamlWriter comment(String text) {
    out.append("# ").append(text).append('\n');
    return this;
  }

  /// Writes one document; it ends with a line end.
  public YamlWriter document(@Nullable Object tree) {
    Object value = plain(tree);
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> map(map, 0, false);
      case List<?> list when !list.isEmpty() -> list(list, 0, false);
      case null, default -> {
        scalar(value, 2);
        out.append('\n');
      }
    }
    return this;
  }

  /// @param inline whether the first entry continues the current line
  private void map(Map<?, ?> map, int indent, boolean inline) {
    boolean first = inline;
    for (Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        indent(indent);
      }
      first = false;
      key(entry.getKey());
      Object value = plain(entry.getValue());
      switch (value) {
        case Map<?, ?> inner when !inner.isEmpty() -> {
          out.append('\n');
          map(inner, indent + 2, false);
        }
        case List<?> inner when !inner.isEmpty() -> {
          out.append('\n');
          list(inner, indent, false);
        }
        case null, default -> {
          out.append(' ');
          scalar(value, indent + 2);
          out.append('\n');
        }
      }
    }
  }

  private void list(List<?> list, int indent, boolean inline) {
    boolean first = inline;
    for (Object item : list) {
      if (!first) {
        indent(indent);
      }
      first = false;
      out.append("- ");
      Object value = plain(item);
      switch (value) {
        case Map<?, ?> inner when !inner.isEmpty() -> map(inner, indent + 2, true);
        case List<?> inner when !inner.isEmpty() -> list(inner, indent + 2, true);
        case null, default -> {
          scalar(value, indent + 2);
          out.append('\n');
        }
      }
    }
  }

  private void key(@Nullable Object key) {
    if (!(key instanceof String text) || text.length() > LONGEST_KEY) {
      throw new IllegalArgumentException("not a YAML key: " + key);
    }
    Scalars.append(out, text);
    out.append(':');
  }

  private void scalar(@Nullable Object value, int indent) {
    switch (value) {
      case null -> out.append("null");
      case String text when Scalars.isLiteral(text) -> literal(text, indent);
      case String text -> Scalars.append(out, text);
      case Boolean flag -> out.append(flag.booleanValue());
      case Integer number -> out.append(number.intValue());
      case Long number -> out.append(number.longValue());
      case BigInteger number -> out.append(number);
      case Map<?, ?> _ -> out.append("{}");
      case List<?> _ -> out.append("[]");
      default -> throw new IllegalArgumentException("not a YAML value: " + value.getClass());
    }
  }

  /// A literal block; the last line end is written by the caller.
  private void literal(String text, int indent) {
    boolean ends = text.charAt(text.length() - 1) == '\n';
    out.append(ends ? "|" : "|-");
    int end = ends ? text.length() - 1 : text.length();
    int start = 0;
    while (start <= end) {
      int next = text.indexOf('\n', start);
      int stop = next < 0 || next > end ? end : next;
      out.append('\n');
      if (stop > start) {
        indent(indent);
        out.append(text, start, stop);
      }
      start = stop + 1;
    }
  }

  private void indent(int width) {
    for (int i = 0; i < width; i++) {
      out.append(' ');
    }
  }

  /// Reduces everything that stands for a map or a list to the Java collection.
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case JsonNode node -> plain(node);
      case List<?> list -> list;
      case Map<?, ?> map -> map;
      case Iterable<?> items -> StreamSupport.stream(items.spliterator(), false).toList();
      case null, default -> value;
    };
  }

  private static @Nullable Object plain(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> members(node);
      case ARRAY -> StreamSupport.stream(node.spliterator(), false).toList();
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> {
        if (!node.isIntegralNumber()) {
          throw new IllegalArgumentException("not a whole number: " + node);
        }
        yield node.bigIntegerValue();
      }
      case NULL, MISSING -> null;
      case BINARY, POJO -> throw new IllegalArgumentException("not a YAML value: " + node);
    };
  }

  private static Map<String, JsonNode> members(JsonNode node) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    node.properties().forEach(entry -> members.put(entry.getKey(), entry.getValue()));
    return members;
  }
}
