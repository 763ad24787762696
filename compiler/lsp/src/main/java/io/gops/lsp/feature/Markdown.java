package io.gops.lsp.feature;

import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;

/// Text for the boxes of an editor. What people wrote never becomes markup.
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  /// A sentence or paragraph whose markup is our own.
  Markdown paragraph(String markup) {
    separate();
    text.append(markup);
    return this;
  }

  /// Source text as it stands.
  Markdown code(String source) {
    separate();
    String fence = "`".repeat(Math.max(3, longestRun(source) + 1));
    text.append(fence).append("gops\n").append(source).append('\n').append(fence);
    return this;
  }

  /// A line of a list.
  Markdown item(String markup) {
    if (!text.isEmpty() && !text.toString().endsWith("\n")) {
      text.append('\n');
    }
    text.append("- ").append(markup).append('\n');
    return this;
  }

  private void separate() {
    if (!text.isEmpty()) {
      text.append(text.charAt(text.length() - 1) == '\n' ? "\n" : "\n\n");
    }
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  MarkupContent content() {
    return new MarkupContent(MarkupKind.MARKDOWN, text.toString());
  }

  /// Words of a person in a sentence.
  static String escaped(String words) {
    StringBuilder escaped = new StringBuilder(words.length() + 16);
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if ("\\`*_{}[]()#+-.!|<>~&".indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c == '\n' ? ' ' : c);
    }
    return escaped.toString();
  }

  /// Words of a person as code in a sentence.
  static String inline(String words) {
    String fence = "`".repeat(longestRun(words) + 1);
    String inner = words.replace('\n', ' ');
    boolean padded = inner.startsWith("`") || inner.endsWith("`");
    return fence + (padded ? " " + inner + " " : inner) + fence;
  }

  private static int longestRun(String words) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < words.length(); i++) {
      run = words.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
