package io.gops.layout;

import freemarker.core.HTMLOutputFormat;

/// Text of a user inside a page that no template lays out.
public final class HtmlText {
  private HtmlText() {}

  /// The text as HTML that says exactly it, between tags and inside a quoted attribute.
  public static String escape(String text) {
    return HTMLOutputFormat.INSTANCE.escapePlainText(text);
  }
}
