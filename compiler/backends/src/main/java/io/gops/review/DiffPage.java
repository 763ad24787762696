package io.gops.review;

import io.gops.diff.Change;
import io.gops.diff.Edit;
import io.gops.layout.HtmlText;
import java.util.List;
import java.util.function.UnaryOperator;

/// Changes as a page that needs nothing else: no script, no font, no picture.
public final class DiffPage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width">
      <title>gopsc diff</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; color: #222; }
      h2 { font-size: 1.15em; }
      section { border-left: 6px solid #9aa; padding: .1em 1em; margin: 1em 0; background: #f6f7f8; }
      section.R6, section.R5 { border-color: #b00020; }
      section.R4 { border-color: #c45500; }
      section.R3, section.R2 { border-color: #8a6d00; }
      .where { color: #555; font-family: monospace; }
      li { overflow-wrap: anywhere; }
      @media (prefers-color-scheme: dark) {
        body { background: #16181a; color: #ddd; } section { background: #202326; } .where { color: #aaa; }
      }
      </style>
      </head>
      <body>
      """;

  private final UnaryOperator<String> paths;

  /// @param paths makes of a path in the fleet's folder the one that the reader can open
  public DiffPage(UnaryOperator<String> paths) {
    this.paths = paths;
  }

  public String print(List<Reviewed> all, String against) {
    StringBuilder page = new StringBuilder(HEAD);
    for (Reviewed reviewed : all) {
      page.append("<h1>").append(text(Summary.of(reviewed, against))).append("</h1>\n");
      for (Change change : reviewed.diff().changes()) {
        change(change, reviewed, page);
      }
      reviewed.diff().notes().forEach(n -> page.append("<p>").append(text(n)).append("</p>\n"));
    }
    return page.append("</body>\n</html>\n").toString();
  }

  private void change(Change change, Reviewed reviewed, StringBuilder page) {
    page.append("<section class=\"").append(change.risk()).append("\" id=\"c");
    page.append(change.id()).append("\">\n<h2>").append(change.risk()).append(' ');
    page.append(text(change.risk().meaning())).append(" · ");
    page.append(text(Told.subject(change, reviewed.diff()))).append("</h2>\n<p class=\"where\">");
    change
        .cause()
        .ifPresent(
            cause ->
                page.append(text(paths.apply(cause.path()) + ":" + cause.line() + "  "))
                    .append(text(cause.text()))
                    .append("<br>"));
    page.append(change.id());
    reviewed
        .waiver(change)
        .ifPresent(w -> page.append(text(" · waived until " + w.until() + ": " + w.reason())));
    page.append("</p>\n<ul>\n");
    for (Edit edit : change.edits()) {
      page.append("<li>").append(text(Told.edit(edit))).append("</li>\n");
    }
    for (String sentence : Told.consequences(change, reviewed.diff().changes())) {
      page.append("<li>").append(text(sentence)).append("</li>\n");
    }
    page.append("</ul>\n</section>\n");
  }

  private static String text(String value) {
    return HtmlText.escape(value);
  }
}
