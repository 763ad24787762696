package io.gops.lsp.fleet;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A fleet that has open files: its latest snapshot and what was told of it.
public final class LiveFleet {
  private final FleetPlace place;
  private volatile Snapshot latest;
  private volatile @Nullable Proved proved;
  private @Nullable Future<?> proof;
  private final Set<String> published = new TreeSet<>();

  LiveFleet(Snapshot first) {
    this.place = first.place();
    this.latest = first;
  }

  public FleetPlace place() {
    return place;
  }

  public Snapshot latest() {
    return latest;
  }

  /// Takes another snapshot; a proof of the old one is no longer wanted.
  synchronized void replace(Snapshot next) {
    latest = next;
    cancelProof();
  }

  synchronized void cancelProof() {
    if (proof != null) {
      proof.cancel(true);
      proof = null;
    }
  }

  synchronized void proving(Future<?> task) {
    cancelProof();
    proof = task;
  }

  public Optional<Proved> proved() {
    return Optional.ofNullable(proved);
  }

  void proved(Proved found) {
    proved = found;
  }

  /// URIs for which diagnostics were told; guarded by the publisher.
  public Set<String> published() {
    return published;
  }
}
