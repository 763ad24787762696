package io.gops.lsp.meaning;

import io.gops.syntax.Expression;
import io.gops.syntax.Label;

/// Labels as the names that they are.
public final class Labels {
  private Labels() {}

  /// The name; empty for numbers and for a text that is not constant.
  public static String text(Label label) {
    return switch (label) {
      case Label.Named(_, String text) -> text;
      case Label.Quoted(_, Expression.StringLiteral value) -> value.constant().orElse("");
      case Label.Numbers _ -> "";
    };
  }
}
