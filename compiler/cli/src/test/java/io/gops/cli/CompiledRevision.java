package io.gops.cli;

import io.gops.artifact.Artifact;
import io.gops.artifact.Artifacts;
import io.gops.artifact.Earlier;
import io.gops.compilation.Compiled;
import io.gops.diagnostic.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a compile of a fleet proves and writes, held in memory.
///
/// @param files texts by path in the output folder
/// @param compiled by environment
record CompiledRevision(SortedMap<String, String> files, SortedMap<String, Compiled> compiled) {

  /// Nothing when the fleet does not compile.
  static Optional<CompiledRevision> of(Path fleet) {
    Pipeline pipeline =
        new Pipeline(new Options(fleet, Optional.empty(), 2, Language.ENGLISH, Format.TEXT));
    if (!pipeline.check()) {
      return Optional.empty();
    }
    Collected collected = new Collected();
    pipeline.generate(Earlier.NOTHING, collected);
    collected.checks.forEach(Runnable::run);
    if (pipeline.diagnostics().hasErrors()) {
      return Optional.empty();
    }
    SortedMap<String, Compiled> compiled = new TreeMap<>();
    pipeline.compiled().forEach(one -> compiled.put(one.fleet().environment(), one));
    return Optional.of(new CompiledRevision(collected.files, compiled));
  }

  private static final class Collected implements Artifacts {
    private final SortedMap<String, String> files = new TreeMap<>();
    private final List<Runnable> checks = new ArrayList<>();

    @Override
    public void accept(Artifact artifact) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        artifact.content().writeTo(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      synchronized (files) {
        files.put(artifact.path(), bytes.toString(StandardCharsets.UTF_8));
      }
    }

    @Override
    public void onceMade(Runnable check) {
      checks.add(check);
    }
  }

  /// The files that are others, or that only one of both has.
  SortedSet<String> changed(CompiledRevision after) {
    SortedSet<String> changed = new TreeSet<>(files.keySet());
    changed.addAll(after.files.keySet());
    changed.removeIf(path -> String.valueOf(files.get(path)).equals(after.files.get(path)));
    return changed;
  }
}
