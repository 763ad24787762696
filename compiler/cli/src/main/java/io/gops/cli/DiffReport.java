package io.gops.cli;

import io.gops.diagnostic.Palette;
import io.gops.diff.ConsequenceClass;
import io.gops.json.JsonDocument;
import io.gops.review.DiffFindings;
import io.gops.review.DiffJson;
import io.gops.review.DiffMarkdown;
import io.gops.review.DiffPage;
import io.gops.review.DiffText;
import io.gops.review.Reviewed;
import java.util.List;

/// The changes of a fleet in the format that somebody asked for.
///
/// @param against what it is compared with, as the person said it
/// @param limit the first class that fails a test case
record DiffReport(
    Options options,
    String against,
    List<Reviewed> reviewed,
    ConsequenceClass limit,
    int exitCode) {
  DiffReport {
    reviewed = List.copyOf(reviewed);
  }

  String print(DiffFormat format, Palette palette) {
    return switch (format) {
      case TEXT -> text(palette);
      case MARKDOWN -> new DiffMarkdown(options::fromHere).print(reviewed, against);
      case HTML -> new DiffPage(options::fromHere).print(reviewed, against);
      case JSON -> json();
      case SARIF -> findings().sarif(Version.text());
      case GITHUB -> findings().github();
      case GITLAB -> findings().gitlab();
      case JUNIT -> findings().junit(limit);
    };
  }

  private DiffFindings findings() {
    return new DiffFindings(reviewed, options::fromHere, options.presentation().home());
  }

  private String text(Palette palette) {
    StringBuilder text = new StringBuilder();
    DiffText lines = new DiffText(palette, options::shown);
    for (Reviewed one : reviewed) {
      lines.lines(one, against).forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }

  private String json() {
    return JsonDocument.print(
            json -> {
              json.writeStartObject();
              json.writeStringField("gopsc", Version.text());
              json.writeNumberField("exitCode", exitCode);
              new DiffJson(options::fromHere).write(reviewed, against, json);
              json.writeEndObject();
            })
        + "\n";
  }
}
