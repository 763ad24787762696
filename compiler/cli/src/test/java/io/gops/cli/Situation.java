package io.gops.cli;

import io.gops.artifact.Artifacts;
import io.gops.compilation.Backend;
import io.gops.compilation.Compiled;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.InvalidOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What no text can bring about, for the pages of codes that are about it. Each is the real thing:
/// the command runs as always, and meets it.
enum Situation {
  BUG("the compiler has a bug"),
  WRONG_OUTPUT("the compiler generates what fails its own check"),
  LOCK_CHANGES("another compile writes the lock meanwhile"),
  STARTED("the zones were started as before.gops says");

  private static final Pattern CRASH_REPORT = Pattern.compile("\\S+gopsc-crash-\\S+");

  private final String title;

  Situation(String title) {
    this.title = title;
  }

  /// As a page names it.
  static Situation of(String title) {
    return Arrays.stream(values())
        .filter(situation -> situation.title.equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no such situation: " + title));
  }

  /// Runs a command in the situation.
  Run around(Path folder, Callable<Run> command) throws Exception {
    return switch (this) {
      case BUG -> withoutReport(withBackend(Broken.class, command));
      case WRONG_OUTPUT -> withoutReport(withBackend(Careless.class, command));
      case LOCK_CHANGES -> {
        LockWriter.lock = folder.resolve("lock/default.lock");
        yield withBackend(LockWriter.class, command);
      }
      case STARTED -> {
        Path now = folder.resolve("example.gops");
        String text = Files.readString(now);
        Files.copy(folder.resolve("before.gops"), now, StandardCopyOption.REPLACE_EXISTING);
        StartedZones.write(folder);
        Files.writeString(now, text);
        yield command.call();
      }
    };
  }

  private static Run withoutReport(Run run) throws IOException {
    Matcher report = CRASH_REPORT.matcher(run.err());
    if (report.find()) {
      Files.delete(Path.of(report.group()));
    }
    return run;
  }

  /// A back end that fails as no back end should.
  public static final class Broken implements Backend {
    @Override
    public String id() {
      return "broken";
    }

    @Override
    public void generate(Compiled compiled, Artifacts files, Diagnostics diagnostics) {
      throw new IllegalStateException("broken on purpose");
    }
  }

  /// A back end whose output does not pass its own check.
  public static final class Careless implements Backend {
    @Override
    public String id() {
      return "careless";
    }

    @Override
    public void generate(Compiled compiled, Artifacts files, Diagnostics diagnostics) {
      throw new InvalidOutput("m1: vpc.one -> vpc.two");
    }
  }

  /// Writes the lock while output is generated.
  public static final class LockWriter implements Backend {
    private static Path lock = Path.of("");

    @Override
    public String id() {
      return "lock-writer";
    }

    @Override
    public void generate(Compiled compiled, Artifacts files, Diagnostics diagnostics) {
      try {
        Files.createDirectories(lock.getParent());
        Files.writeString(
            lock, "vni fleet other 4211\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Lets the service loader find one more back end.
  private static Run withBackend(Class<? extends Backend> backend, Callable<Run> command)
      throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    thread.setContextClassLoader(new OneMore(usual, backend.getName()));
    try {
      return command.call();
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  private static final class OneMore extends ClassLoader {
    private static final String SERVICE = "META-INF/services/" + Backend.class.getName();

    private final String name;

    OneMore(ClassLoader parent, String name) {
      super(parent);
      this.name = name;
    }

    @Override
    protected Enumeration<URL> findResources(String resource) throws IOException {
      return resource.equals(SERVICE)
          ? Collections.enumeration(List.of(text(name)))
          : Collections.emptyEnumeration();
    }

    private static URL text(String text) throws IOException {
      return URL.of(
          URI.create("text:service"),
          new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
              return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                  return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                }
              };
            }
          });
    }
  }
}
