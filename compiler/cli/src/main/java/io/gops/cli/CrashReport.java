package io.gops.cli;

import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.InvalidOutput;
import io.gops.diagnostic.Message;
import io.gops.diagnostic.Palette;
import io.gops.diagnostic.TextReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a person gets when the compiler itself fails: that it is not their fault, and where the
/// details are.
///
/// @param cause what went wrong
/// @param args the command line
record CrashReport(Throwable cause, List<String> args) {
  static CrashReport of(Throwable cause, String... args) {
    return new CrashReport(cause, List.of(args));
  }

  /// @return the exit code
  int print(PrintStream err, Catalogue catalogue) {
    Code code = cause instanceof InvalidOutput ? Code.GOPS9002 : Code.GOPS9001;
    Object reason = cause instanceof InvalidOutput invalid ? invalid.defect() : cause;
    Diagnostic bug = Diagnostic.of(code, reason).hint("hint").build();
    err.print(new TextReport(catalogue, Palette.PLAIN, path -> path).print(List.of(bug)));
    try {
      Path file = Files.createTempFile("gopsc-crash-", ".txt");
      Files.writeString(file, details());
      err.println("gopsc: " + catalogue.text(Message.of(code + ".report", file)));
    } catch (IOException e) {
      err.print(details());
    }
    return code.failure().exitCode();
  }

  private String details() {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    writer.println("gopsc " + Version.text() + ", Java " + Runtime.version());
    writer.println("arguments: " + args);
    cause.printStackTrace(writer);
    return text.toString();
  }
}
