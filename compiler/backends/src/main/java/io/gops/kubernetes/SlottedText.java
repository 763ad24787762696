package io.gops.kubernetes;

import io.gops.deployment.Workload;
import java.util.ArrayList;
import java.util.List;

/// A text with slots.
///
/// @param marked the text with its slots as marks
/// @param parts the same in pieces, in order
record SlottedText(String marked, List<Part> parts) {
  SlottedText {
    parts = List.copyOf(parts);
  }

  /// A piece of the text.
  sealed interface Part {}

  record Literal(String text) implements Part {}

  record Filled(Slot slot, int width) implements Part {}

  /// Whether a text has slots.
  static boolean isIn(String text) {
    return text.indexOf(Slot.MARK) >= 0;
  }

  /// Reads the slots of a text that was written with [Slot#mark].
  static SlottedText parse(String text) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    int open = text.indexOf(Slot.MARK);
    while (open >= 0) {
      int close = text.indexOf(Slot.MARK, open + 1);
      if (open > from) {
        parts.add(new Literal(text.substring(from, open)));
      }
      parts.add(filled(text.substring(open + 1, close)));
      from = close + 1;
      open = text.indexOf(Slot.MARK, from);
    }
    if (from < text.length()) {
      parts.add(new Literal(text.substring(from)));
    }
    return new SlottedText(text, parts);
  }

  private static Filled filled(String word) {
    int colon = word.indexOf(':');
    return colon < 0
        ? new Filled(Slot.valueOf(word), 0)
        : new Filled(
            Slot.valueOf(word.substring(0, colon)), Integer.parseInt(word.substring(colon + 1)));
  }

  /// The text for one workload.
  String fill(Workload workload) {
    if (parts.size() == 1 && parts.getFirst() instanceof Filled(Slot slot, int width)) {
      return slot.value(workload, width);
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal(String literal) -> text.append(literal);
        case Filled(Slot slot, int width) -> text.append(slot.value(workload, width));
      }
    }
    return text.toString();
  }
}
