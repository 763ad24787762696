package io.gops.kubernetes.inspection;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long texts and objects are in UTF-8.
final class Length {
  /// Quotes, a colon and a comma.
  private static final long SIGNS = 6;

  private Length() {}

  static long of(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // A surrogate is half of four bytes.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }

  /// About as long as the object is as JSON, and not shorter but for texts full of escapes.
  static long ofObject(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        long sum = SIGNS;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          sum += of(String.valueOf(entry.getKey())) + ofObject(entry.getValue());
        }
        yield sum;
      }
      case List<?> list -> {
        long sum = SIGNS;
        for (Object element : list) {
          sum += ofObject(element);
        }
        yield sum;
      }
      case String text -> SIGNS + of(text);
      case null, default -> SIGNS + String.valueOf(value).length();
    };
  }
}
