package io.gops.cli;

import io.gops.adoption.Manifest;
import io.gops.adoption.ManifestReader;
import io.gops.adoption.Mending;
import io.gops.artifact.Artifact;
import io.gops.artifact.Artifacts;
import io.gops.artifact.Earlier;
import io.gops.diagnostic.Catalogue;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Language;
import io.gops.source.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Compiles drafts of a source in a folder of its own, and takes out what the compiler refuses
/// until the rest compiles.
final class ImportTrial implements AutoCloseable {
  /// Each round may reach a later phase of the compiler.
  private static final int MOST_ROUNDS = 12;

  private final Path folder;
  private final Function<Path, Options> options;

  /// @param lock what is assigned already
  ImportTrial(Function<Path, Options> options, Optional<String> lock) throws IOException {
    this.folder = Files.createTempDirectory("gopsc-import-");
    this.options = options;
    if (lock.isPresent()) {
      Files.createDirectories(lock().getParent());
      Files.writeString(lock(), lock.get());
    }
  }

  private Path lock() {
    return folder.resolve("lock/imported.lock");
  }

  /// A draft that was tried.
  ///
  /// @param objects what it compiles to; absent when it does not compile
  record Result(String text, Optional<List<Manifest>> objects) {}

  /// The draft, or what is left of it.
  Result run(String draft) throws IOException {
    String text = draft;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Path file = Files.writeString(folder.resolve("imported.gops"), text);
      Pipeline pipeline = new Pipeline(options.apply(file));
      if (pipeline.check()) {
        return new Result(text, Optional.of(compiled(pipeline)));
      }
      Optional<String> mended = Mending.of(text, refused(pipeline.diagnostics()));
      if (mended.isEmpty() || mended.get().equals(text)) {
        return new Result(text, Optional.empty());
      }
      text = mended.get();
    }
    return new Result(text, Optional.empty());
  }

  /// What is wrong, by line of the source.
  private static SortedMap<Integer, String> refused(Diagnostics diagnostics) {
    Catalogue catalogue = Catalogue.of(Language.ENGLISH);
    SortedMap<Integer, String> refused = new TreeMap<>();
    for (Diagnostic diagnostic : diagnostics.sorted()) {
      if (diagnostic.isError()) {
        diagnostic
            .place()
            .filter(place -> place.file().path().endsWith("imported.gops"))
            .ifPresent(
                place ->
                    refused.putIfAbsent(
                        place.line(),
                        diagnostic.code() + " " + catalogue.text(diagnostic.message())));
      }
    }
    return refused;
  }

  /// The objects that the source compiles to; nothing is written.
  static List<Manifest> compiled(Pipeline pipeline) {
    List<Artifact> files = Collections.synchronizedList(new ArrayList<>());
    pipeline.generate(
        Earlier.NOTHING,
        new Artifacts() {
          @Override
          public void onceMade(Runnable check) {
            // What is not written is not looked at as a whole.
          }

          @Override
          public void accept(Artifact artifact) {
            files.add(artifact);
          }
        });
    List<Manifest> manifests = new ArrayList<>();
    for (Artifact artifact : files) {
      if (artifact.path().contains("/kubernetes/") && artifact.path().endsWith(".yaml")) {
        manifests.addAll(
            ManifestReader.read(
                new SourceFile(artifact.path(), text(artifact)), new Diagnostics()));
      }
    }
    return manifests;
  }

  private static String text(Artifact artifact) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      artifact.content().writeTo(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(folder.resolve("imported.gops"));
    Files.deleteIfExists(lock());
    Files.deleteIfExists(lock().getParent());
    Files.deleteIfExists(folder);
  }
}
