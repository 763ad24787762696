package io.gops.lsp.fleet;

import io.gops.diagnostic.Diagnostic;
import io.gops.lsp.meaning.FileMarks;
import io.gops.lsp.text.Uris;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The fleets of all open files, as the editor shows them.
///
/// Each change makes a new [Snapshot]. One thread binds the latest one and tells what is wrong; a
/// second proves it when no key was pressed for a moment, and is interrupted by the next. What
/// comes too late is dropped.
public final class OpenFleets implements AutoCloseable {
  /// How long a person must not type until the proofs begin.
  private static final long REST_MILLIS = 150;

  /// A file may be nested as deep as the parser allows.
  private static final long STACK = 64L << 20;

  private final Map<String, OpenText> texts = new TreeMap<>();
  private final Map<Path, LiveFleet> fleets = new TreeMap<>();
  private final FleetProofs proofs = new FleetProofs();
  private final Told told;
  private final Consumer<Throwable> failures;
  private final ExecutorService binding = executor("gops-binding");
  private final ScheduledExecutorService proving =
      Executors.newSingleThreadScheduledExecutor(work -> thread("gops-proofs", work));

  /// Takes what was found out.
  public interface Told {
    /// What is wrong with a snapshot.
    void found(LiveFleet fleet, Snapshot snapshot, List<Diagnostic> diagnostics);

    /// The proofs of a fleet are new.
    void proved(LiveFleet fleet, Proved proved);

    /// Nobody looks at the fleet any more.
    void closed(LiveFleet fleet);
  }

  public OpenFleets(Told told, Consumer<Throwable> failures) {
    this.told = told;
    this.failures = failures;
  }

  private static ExecutorService executor(String name) {
    return Executors.newSingleThreadExecutor(work -> thread(name, work));
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, STACK);
    thread.setDaemon(true);
    return thread;
  }

  public FleetProofs proofs() {
    return proofs;
  }

  // ---- what the editor says

  public synchronized void open(OpenText text) {
    texts.put(text.uri(), text);
    Optional<Path> folder = text.file().flatMap(FleetPlace::folderOf);
    if (folder.isPresent()) {
      live(FleetPlace.ofFolder(folder.get()));
    } else {
      live(alone(text));
    }
    for (LiveFleet fleet : List.copyOf(fleets.values())) {
      if (path(fleet, text).isPresent()) {
        // A file that was not there may now be named by an `include`.
        replace(fleet, fleet.latest().reread(unsaved(fleet.place())));
      }
    }
  }

  public synchronized void change(String uri, int version, String text) {
    OpenText before = texts.get(uri);
    if (before == null) {
      return;
    }
    OpenText now = new OpenText(uri, before.file(), version, text);
    texts.put(uri, now);
    for (LiveFleet fleet : List.copyOf(fleets.values())) {
      path(fleet, now).ifPresent(path -> replace(fleet, fleet.latest().with(path, text)));
    }
  }

  public synchronized void close(String uri) {
    OpenText text = texts.remove(uri);
    if (text == null) {
      return;
    }
    for (LiveFleet fleet : List.copyOf(fleets.values())) {
      boolean isItself = alone(text).source().equals(fleet.place().source());
      if (isItself || unsaved(fleet.place()).isEmpty()) {
        drop(fleet);
      } else if (path(fleet, text).isPresent()) {
        replace(fleet, fleet.latest().reread(unsaved(fleet.place())));
      }
    }
  }

  /// Files on disk are others than before.
  public synchronized void filesChanged() {
    for (LiveFleet fleet : List.copyOf(fleets.values())) {
      replace(fleet, fleet.latest().reread(unsaved(fleet.place())));
    }
  }

  public synchronized Optional<OpenText> text(String uri) {
    return Optional.ofNullable(texts.get(uri));
  }

  /// The version of a file that the editor has open.
  public synchronized Optional<OpenText> open(FleetPlace place, String path) {
    return texts.values().stream()
        .filter(text -> path(place, text).filter(path::equals).isPresent())
        .findFirst();
  }

  public synchronized Collection<LiveFleet> fleets() {
    return List.copyOf(fleets.values());
  }

  // ---- which file belongs to which fleet

  private FleetPlace alone(OpenText text) {
    return text.file()
        .map(FleetPlace::ofFile)
        .orElseGet(() -> FleetPlace.inMemory(memoryName(text.uri())));
  }

  private static String memoryName(String uri) {
    String prefix = Uris.LIBRARY + ":/";
    return uri.startsWith(prefix) ? uri.substring(prefix.length()) : uri;
  }

  private static Optional<String> path(LiveFleet fleet, OpenText text) {
    return path(fleet.place(), text);
  }

  private static Optional<String> path(FleetPlace place, OpenText text) {
    if (place.isOnDisk()) {
      return text.file().flatMap(place::path);
    }
    boolean same = text.file().isEmpty() && memoryName(text.uri()).equals(place.root());
    return same ? Optional.of(place.root()) : Optional.empty();
  }

  private SortedMap<String, String> unsaved(FleetPlace place) {
    SortedMap<String, String> found = new TreeMap<>();
    for (OpenText text : texts.values()) {
      path(place, text).ifPresent(path -> found.put(path, text.text()));
    }
    return found;
  }

  private LiveFleet live(FleetPlace place) {
    return fleets.computeIfAbsent(
        place.source(), _ -> new LiveFleet(new Snapshot(place, unsaved(place))));
  }

  /// Files that the fleet of their folder does not read are fleets of their own.
  private synchronized void adopt(LiveFleet fleet, Snapshot snapshot) {
    if (snapshot.isRootBroken()) {
      return;
    }
    for (OpenText text : texts.values()) {
      Optional<String> path = isFolderOf(fleet, text) ? path(fleet, text) : Optional.empty();
      if (path.isEmpty()) {
        continue;
      }
      LiveFleet own = fleets.get(alone(text).source());
      if (snapshot.has(path.get())) {
        if (own != null) {
          drop(own);
        }
      } else if (own == null) {
        bind(live(alone(text)));
      }
    }
  }

  /// Whether a file stands in the folder of a fleet, and in no fleet inside of it.
  private static boolean isFolderOf(LiveFleet fleet, OpenText text) {
    return text.file()
        .flatMap(FleetPlace::folderOf)
        .filter(folder -> FleetPlace.real(folder).equals(fleet.place().source()))
        .isPresent();
  }

  private void drop(LiveFleet fleet) {
    fleets.remove(fleet.place().source());
    fleet.cancelProof();
    told.closed(fleet);
  }

  /// The file of a URI in its fleet; absent when it is not open.
  public Optional<View> view(String uri) {
    Optional<OpenText> open = text(uri);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    OpenText text = open.get();
    Optional<LiveFleet> around;
    synchronized (this) {
      around = fleets.values().stream().filter(f -> isFolderOf(f, text)).findFirst();
    }
    Optional<View> found =
        around.flatMap(fleet -> path(fleet, text).flatMap(path -> view(fleet, path)));
    if (found.isPresent()) {
      return found;
    }
    // Of a fleet whose root is broken nobody knows which files it reads: such a file is looked at
    // by itself, and nothing is said of it.
    LiveFleet own = alone(text, around);
    return path(own, text).flatMap(path -> view(own, path));
  }

  private synchronized LiveFleet alone(OpenText text, Optional<LiveFleet> around) {
    FleetPlace place = alone(text);
    LiveFleet known = fleets.get(place.source());
    return known != null || around.isEmpty()
        ? live(place)
        : new LiveFleet(new Snapshot(place, unsaved(place)));
  }

  Optional<View> view(LiveFleet fleet, String path) {
    Snapshot snapshot = fleet.latest();
    Optional<FileMarks> file = snapshot.has(path) ? snapshot.names().file(path) : Optional.empty();
    return file.map(
        marks ->
            new View(
                snapshot,
                marks,
                snapshot.names(),
                fleet.proved(),
                named -> uri(fleet.place(), named)));
  }

  /// The URI of a file as the editor spells it.
  public String uri(FleetPlace place, String path) {
    return open(place, path).map(OpenText::uri).orElseGet(() -> place.uri(path));
  }

  // ---- work in the background

  private void replace(LiveFleet fleet, Snapshot next) {
    fleet.replace(next);
    bind(fleet);
  }

  private void bind(LiveFleet fleet) {
    Snapshot snapshot = fleet.latest();
    inBackground(() -> bind(fleet, snapshot));
  }

  private void inBackground(Runnable work) {
    try {
      binding.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException | StackOverflowError failure) {
              failures.accept(failure);
            }
          });
    } catch (RejectedExecutionException _) {
      // The editor has left.
    }
  }

  private void bind(LiveFleet fleet, Snapshot snapshot) {
    if (fleet.latest() != snapshot) {
      return;
    }
    snapshot.draft();
    adopt(fleet, snapshot);
    boolean isOwn = isRead(fleet, snapshot);
    if (fleet.latest() == snapshot && isOwn) {
      snapshot.draft().ifPresent(draft -> told.found(fleet, snapshot, draft.diagnostics()));
      proveSoon(fleet, snapshot);
    }
  }

  /// Whether anybody who has a file of the fleet open wants to hear of it: not when every open file
  /// of its folder is a fleet of its own.
  private synchronized boolean isRead(LiveFleet fleet, Snapshot snapshot) {
    boolean isOpen = fleets.containsKey(fleet.place().source());
    return isOpen && unsaved(fleet.place()).keySet().stream().anyMatch(snapshot::has);
  }

  private void proveSoon(LiveFleet fleet, Snapshot snapshot) {
    try {
      fleet.proving(
          proving.schedule(() -> tryToProve(fleet, snapshot), REST_MILLIS, TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException _) {
      // The editor has left.
    }
  }

  private void tryToProve(LiveFleet fleet, Snapshot snapshot) {
    try {
      prove(fleet, snapshot);
    } catch (CancellationException _) {
      // The next key makes the next proof.
    } catch (OutOfMemoryError failure) {
      failures.accept(
          new IllegalStateException(
              "the fleet is too large to be proved in this memory: give the server more (-Xmx), or"
                  + " run gopsc check",
              failure));
    } catch (RuntimeException | StackOverflowError failure) {
      failures.accept(failure);
    }
  }

  private void prove(LiveFleet fleet, Snapshot snapshot) {
    if (fleet.latest() != snapshot) {
      return;
    }
    if (!snapshot.style().isEmpty()) {
      inBackground(() -> tellStyle(fleet, snapshot));
    }
    if (!snapshot.place().isOnDisk()) {
      return;
    }
    Proved found = proofs.prove(snapshot);
    // This thread may be interrupted at any time, and half a message would end the protocol.
    inBackground(
        () -> {
          if (fleet.latest() == snapshot) {
            fleet.proved(found);
            told.found(fleet, snapshot, found.diagnostics());
            told.proved(fleet, found);
          }
        });
  }

  /// The proofs may take long, or the next key may end them.
  private void tellStyle(LiveFleet fleet, Snapshot snapshot) {
    if (fleet.latest() == snapshot) {
      List<Diagnostic> all = new ArrayList<>(snapshot.style());
      snapshot.draft().ifPresent(draft -> all.addAll(draft.diagnostics()));
      told.found(fleet, snapshot, all);
    }
  }

  @Override
  public void close() {
    binding.shutdown();
    proving.shutdownNow();
  }

  /// The fleet that a file belongs to.
  public Optional<LiveFleet> fleet(String uri) {
    Optional<View> view = view(uri);
    return view.flatMap(
        found ->
            fleets().stream()
                .filter(fleet -> fleet.place() == found.snapshot().place())
                .findFirst());
  }
}
