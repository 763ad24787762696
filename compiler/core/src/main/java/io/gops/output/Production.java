package io.gops.output;

import io.gops.artifact.Artifact;
import io.gops.artifact.Artifacts;
import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.source.Origin;
import io.gops.source.Place;
import io.gops.source.SystemReason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/// Makes every file, compares it with the disk, and stages what differs.
final class Production {
  /// Files that are made or wait for the disk at once; the disk takes a batch in the time of one.
  private static final int WAITING_FOR_DISK = 16;

  private final Path output;
  private final Optional<Staging> staging;
  private final Semaphore making;
  private final Diagnostics diagnostics;

  /// @param staging absent when the difference is only looked at
  Production(Path output, Optional<Staging> staging, int threads, Diagnostics diagnostics) {
    this.output = output;
    this.staging = staging;
    this.making = new Semaphore(threads);
    this.diagnostics = diagnostics;
  }

  /// The steps that make the disk right, and the same for people.
  record Result(List<Step> steps, Changes changes) {}

  /// One file after it was compared.
  ///
  /// @param differs whether it must be put in place
  private record Made(
      int number,
      String path,
      List<String> sources,
      String hash,
      boolean existed,
      boolean differs) {}

  /// Stages every difference.
  ///
  /// @return absent when something stands in the way; it is reported
  Optional<Result> run(
      Generated generated, String compiler, Predicate<String> owned, List<FleetLock> locks)
      throws IOException {
    Optional<Manifest> before = readManifest();
    if (before.isEmpty()) {
      return Optional.empty();
    }
    List<Made> made = makeAll(generated, before.get());
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    Collected collected = new Collected(made.size());
    collect(made, collected);
    removeOrphans(before.get(), made, owned, collected);
    writeManifest(before.get(), compiler, owned, made, collected);
    if (!assign(locks, collected)) {
      return Optional.empty();
    }
    if (staging.isPresent() && !collected.steps.isEmpty()) {
      staging.get().create();
      makeFolders(collected.steps);
    }
    return Optional.of(
        new Result(
            collected.steps,
            new Changes(
                collected.written,
                collected.removed,
                staging.isPresent() ? List.of() : extras(before.get(), made, owned),
                collected.unchanged)));
  }

  /// What is to be done, as it is found. Files come first, the manifest after them, locks last.
  private static final class Collected {
    private final List<Step> steps = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private int unchanged;
    private int next;

    /// @param next the first number that no file has
    Collected(int next) {
      this.next = next;
    }
  }

  private Optional<Manifest> readManifest() {
    Path file = output.resolve(Manifest.NAME);
    if (Files.isSymbolicLink(file)) {
      diagnostics.report(Diagnostic.of(Code.GOPS6003, file).hint("hint"));
      return Optional.empty();
    }
    try {
      return Optional.of(Manifest.read(output));
    } catch (IOException e) {
      diagnostics.report(Diagnostic.of(Code.GOPS6005, file, SystemReason.of(e)).hint("hint"));
      return Optional.empty();
    }
  }

  /// Whether every folder on the way to a file is a folder or missing, never a link or a file.
  ///
  /// @param clear folders that were looked at before
  private boolean clearTheWay(String path, Set<Path> clear) {
    Path at = output;
    for (Path name : Path.of(path)) {
      at = at.resolve(name);
      boolean isTarget = at.equals(output.resolve(path));
      if ((isTarget || clear.add(at)) && Disk.exists(at) && !stands(at, isTarget)) {
        return false;
      }
    }
    return true;
  }

  private boolean stands(Path at, boolean isTarget) {
    if (Files.isSymbolicLink(at)) {
      diagnostics.report(Diagnostic.of(Code.GOPS6003, at).hint("hint"));
      return false;
    }
    if (isTarget ? Disk.isFile(at) : Disk.isFolder(at)) {
      return true;
    }
    diagnostics.report(
        Diagnostic.of(Code.GOPS6008, at).hint(isTarget ? "hint-file" : "hint-folder"));
    return false;
  }

  /// @return sorted by path
  private List<Made> makeAll(Generated generated, Manifest before) throws IOException {
    Intake intake = new Intake(before);
    try {
      generated.handOver(intake);
      return intake.finish();
    } finally {
      intake.close();
    }
  }

  /// Takes files as they come and makes several at once; who hands over faster than the disk takes
  /// waits.
  private final class Intake implements Artifacts {
    private final Manifest before;
    private final Set<String> paths = new HashSet<>();
    private final Set<Path> clear = new HashSet<>();
    private final List<Future<Made>> futures = new ArrayList<>();
    private final List<Runnable> checks = new ArrayList<>();
    private final Semaphore inFlight = new Semaphore(2 * WAITING_FOR_DISK);
    private final ExecutorService pool = Executors.newFixedThreadPool(WAITING_FOR_DISK);

    Intake(Manifest before) {
      this.before = before;
    }

    @Override
    public void onceMade(Runnable check) {
      checks.add(check);
    }

    @Override
    public synchronized void accept(Artifact artifact) {
      if (!ArtifactPath.isSafe(artifact.path())) {
        throw new IllegalArgumentException("unsafe artifact path: " + artifact.path());
      }
      if (!paths.add(artifact.path())) {
        throw new IllegalArgumentException("two artifacts have the path " + artifact.path());
      }
      if (clearTheWay(artifact.path(), clear)) {
        int number = futures.size();
        inFlight.acquireUninterruptibly();
        futures.add(pool.submit(() -> makeInTurn(artifact, number)));
      }
    }

    private Made makeInTurn(Artifact artifact, int number)
        throws IOException, InterruptedException {
      try {
        return make(artifact, number, before);
      } finally {
        inFlight.release();
      }
    }

    List<Made> finish() throws IOException {
      List<Made> made = new ArrayList<>();
      try {
        for (Future<Made> future : futures) {
          made.add(future.get());
        }
      } catch (ExecutionException e) {
        throw rethrown(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      if (!diagnostics.hasErrors()) {
        checks.forEach(Runnable::run);
      }
      made.sort(Comparator.comparing(Made::path));
      return made;
    }

    /// Nothing is staged any more after this.
    void close() {
      futures.forEach(future -> future.cancel(true));
      pool.close();
    }
  }

  private static IOException rethrown(ExecutionException failed) {
    return switch (failed.getCause()) {
      case IOException failure -> failure;
      case RuntimeException bug -> throw bug;
      case Error fatal -> throw fatal;
      case null, default -> throw new IllegalStateException(failed);
    };
  }

  private Made make(Artifact artifact, int number, Manifest before)
      throws IOException, InterruptedException {
    Path target = output.resolve(artifact.path());
    Rendering rendering =
        new Rendering(
            staging.isPresent() ? () -> staging.get().write(number) : Rendering.Spill.NOWHERE);
    making.acquire();
    boolean existed;
    boolean differs;
    try {
      try (rendering) {
        artifact.content().writeTo(rendering);
      }
      existed = Disk.exists(target);
      differs = !rendering.equalsFile(target) || isExecutable(target) != artifact.executable();
    } finally {
      making.release();
    }
    if (existed && differs && !before.files().containsKey(artifact.path())) {
      diagnostics.report(Diagnostic.of(Code.GOPS6004, target).hint("hint"));
    } else if (differs && staging.isPresent()) {
      stage(rendering, artifact.executable(), staging.get(), number);
    } else if (rendering.isSpilled() && staging.isPresent()) {
      Files.delete(staging.get().fresh(number));
    }
    return new Made(number, artifact.path(), sources(artifact), rendering.hash(), existed, differs);
  }

  private static void stage(Rendering rendering, boolean executable, Staging staging, int number)
      throws IOException {
    if (!rendering.isSpilled()) {
      try (OutputStream out = staging.write(number)) {
        rendering.copyTo(out);
      }
    }
    Path fresh = staging.fresh(number);
    if (executable) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(fresh);
      permissions.addAll(executableFor(permissions));
      Files.setPosixFilePermissions(fresh, permissions);
    }
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /// Who may read a script may run it.
  private static Set<PosixFilePermission> executableFor(Set<PosixFilePermission> permissions) {
    Set<PosixFilePermission> executable = EnumSet.noneOf(PosixFilePermission.class);
    if (permissions.contains(PosixFilePermission.OWNER_READ)) {
      executable.add(PosixFilePermission.OWNER_EXECUTE);
    }
    if (permissions.contains(PosixFilePermission.GROUP_READ)) {
      executable.add(PosixFilePermission.GROUP_EXECUTE);
    }
    if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
      executable.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return executable;
  }

  private static boolean isExecutable(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
  }

  private static void collect(List<Made> made, Collected into) {
    for (Made file : made) {
      if (file.differs()) {
        into.steps.add(new Step.Put(file.number(), file.path(), file.existed()));
        into.written.add(file.path());
      } else {
        into.unchanged++;
      }
    }
  }

  private void removeOrphans(
      Manifest before, List<Made> made, Predicate<String> owned, Collected into) {
    Set<String> produced = new HashSet<>();
    made.forEach(file -> produced.add(file.path()));
    for (String path : before.files().keySet()) {
      if (owned.test(path) && !produced.contains(path) && isOurs(path)) {
        into.steps.add(new Step.Remove(into.next++, path));
        into.removed.add(path);
      }
    }
  }

  /// Whether the file of a manifest still stands there, and no link on the way leads elsewhere.
  private boolean isOurs(String path) {
    Path at = output;
    for (Path name : Path.of(path)) {
      if (!Disk.isFolder(at)) {
        return false;
      }
      at = at.resolve(name);
    }
    return Disk.isFile(at);
  }

  /// Files that stand between generated ones and that no compile wrote: whoever applies the folder
  /// applies them too. Hidden files are somebody's own.
  private List<String> extras(Manifest before, List<Made> made, Predicate<String> owned)
      throws IOException {
    Set<String> known = new HashSet<>(before.files().keySet());
    SortedSet<String> environments = new TreeSet<>();
    for (Made file : made) {
      known.add(file.path());
      environments.add(file.path().substring(0, file.path().indexOf('/') + 1));
    }
    environments.remove("");
    List<String> extras = new ArrayList<>();
    for (String environment : environments) {
      if (Disk.isFolder(output.resolve(environment))) {
        Disk.filesUnder(output.resolve(environment)).stream()
            .map(file -> output.relativize(file).toString())
            .filter(path -> !known.contains(path) && owned.test(path))
            .forEach(extras::add);
      }
    }
    return extras;
  }

  private void writeManifest(
      Manifest before, String compiler, Predicate<String> owned, List<Made> made, Collected into)
      throws IOException {
    SortedMap<String, Manifest.Entry> files = new TreeMap<>(before.files());
    files.keySet().removeIf(owned);
    for (Made file : made) {
      files.put(file.path(), new Manifest.Entry(file.hash(), file.sources()));
    }
    byte[] text = new Manifest(compiler, files).print();
    Rendering rendering = new Rendering(Rendering.Spill.NOWHERE);
    try (rendering) {
      rendering.write(text);
    }
    Path target = output.resolve(Manifest.NAME);
    if (rendering.equalsFile(target)) {
      return;
    }
    stageText(text, into.next);
    into.steps.add(new Step.Put(into.next++, Manifest.NAME, Disk.exists(target)));
    into.written.add(Manifest.NAME);
  }

  private static List<String> sources(Artifact artifact) {
    return artifact.origins().stream()
        .map(Origin::place)
        .flatMap(Optional::stream)
        .map((Place place) -> place.file().path())
        .distinct()
        .sorted()
        .toList();
  }

  /// Whether every lock can be written: none changed since the compile read it.
  private boolean assign(List<FleetLock> locks, Collected into) throws IOException {
    for (FleetLock lock : locks) {
      Path file = lock.file().toAbsolutePath();
      for (Path link : List.of(file, Exchange.above(file))) {
        if (Files.isSymbolicLink(link)) {
          diagnostics.report(Diagnostic.of(Code.GOPS6003, link).hint("hint"));
          return false;
        }
      }
      String now = Exchange.hash(file);
      String read = Exchange.hash(lock.before());
      if (now.equals(Exchange.hash(Optional.of(lock.text())))) {
        continue;
      }
      if (!now.equals(read)) {
        diagnostics.report(Diagnostic.of(Code.GOPS6006, file).hint("hint"));
        return false;
      }
      String name = String.valueOf(file.getFileName());
      stageText(lock.text().getBytes(StandardCharsets.UTF_8), into.next);
      into.steps.add(new Step.Assign(into.next++, name, read));
      into.written.add("lock/" + name);
    }
    return true;
  }

  private void stageText(byte[] text, int number) throws IOException {
    if (staging.isPresent()) {
      staging.get().create();
      Disk.writeDurably(staging.get().fresh(number), text);
    }
  }

  private void makeFolders(List<Step> steps) throws IOException {
    for (Step step : steps) {
      if (step instanceof Step.Put put) {
        Path at = output;
        Path target = output.resolve(put.path());
        for (Path name : Path.of(put.path())) {
          at = at.resolve(name);
          if (!at.equals(target) && !Disk.exists(at) && staging.isPresent()) {
            staging.get().makeFolder(at);
          }
        }
      }
    }
  }
}
