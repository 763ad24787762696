package io.gops.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page in a real browser without a window and without a network.
public final class Chromium {
  private static final Pattern RESULT =
      Pattern.compile("<pre id=\"result\">(.*?)</pre>", Pattern.DOTALL);

  private Chromium() {}

  /// Opens the page, lets a script act on it, and returns the text that the script gives to
  /// `done(text)`.
  public static String act(Path folder, String page, String script)
      throws IOException, InterruptedException {
    String acting =
        page.replace(
            "</body>",
            "<script>function done(text) { const made = document.createElement('pre');"
                + " made.id = 'result'; made.textContent = text; document.body.append(made); }\n"
                + "const wait = time => new Promise(later => setTimeout(later, time));\n"
                + "(async () => {"
                + script
                + "})().catch(error => done(String(error)));</script></body>");
    Path file = Files.writeString(folder.resolve("page.html"), acting);
    Path out = folder.resolve("dom.html");
    Process browser =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1200,900",
                "--virtual-time-budget=20000",
                "--dump-dom",
                file.toUri().toString())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("browser.log").toFile())
            .start();
    if (!browser.waitFor(120, TimeUnit.SECONDS)) {
      browser.destroyForcibly();
      throw new AssertionError("the browser does not end");
    }
    Matcher result = RESULT.matcher(Files.readString(out));
    if (!result.find()) {
      throw new AssertionError(Files.readString(folder.resolve("browser.log")));
    }
    return result.group(1);
  }
}
