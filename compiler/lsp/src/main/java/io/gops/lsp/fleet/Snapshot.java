package io.gops.lsp.fleet;

import io.gops.bind.Draft;
import io.gops.bind.ParsedFiles;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.lsp.meaning.FileMarks;
import io.gops.lsp.meaning.MarkReader;
import io.gops.lsp.meaning.Names;
import io.gops.syntax.SyntaxTree;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A fleet as the editor shows it at one moment; never changes. What it means is found out when
/// somebody asks.
///
/// Trees and names are there at once: of the files that were known before, read anew where their
/// text has changed. Binding takes longer and is asked for by [#draft].
public final class Snapshot {
  private final FleetPlace place;
  private final SortedMap<String, String> unsaved;
  private final ParsedFiles parsed;
  private final @Nullable SortedMap<String, SyntaxTree> carried;
  private final Object loading = new Object();
  private volatile @Nullable Loaded loaded;
  private volatile @Nullable Named named;
  private volatile @Nullable List<Diagnostic> style;

  /// @param draft absent when there is no fleet
  private record Loaded(Optional<Draft> draft) {}

  /// @param names of all files in `trees`
  private record Named(SortedMap<String, SyntaxTree> trees, Names names) {
    /// The same map, not an equal one: to compare all trees would take longer than to read them.
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(SortedMap<String, SyntaxTree> files) {
      return trees == files;
    }
  }

  /// @param unsaved texts of open files by path
  public Snapshot(FleetPlace place, SortedMap<String, String> unsaved) {
    this(place, unsaved, new ParsedFiles(), null);
  }

  private Snapshot(
      FleetPlace place,
      SortedMap<String, String> unsaved,
      ParsedFiles parsed,
      @Nullable SortedMap<String, SyntaxTree> carried) {
    this.place = place;
    this.unsaved = Collections.unmodifiableSortedMap(new TreeMap<>(unsaved));
    this.parsed = parsed;
    this.carried = carried;
  }

  /// The same fleet with another text of one file.
  Snapshot with(String path, String text) {
    SortedMap<String, String> texts = new TreeMap<>(unsaved);
    texts.put(path, text);
    SortedMap<String, SyntaxTree> known = new TreeMap<>(trees());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    known.computeIfPresent(path, (_, _) -> parsed.tree(path, bytes, new Diagnostics()));
    return new Snapshot(place, texts, parsed, known);
  }

  /// The same fleet, all of whose files may be others now.
  Snapshot reread(SortedMap<String, String> texts) {
    return new Snapshot(place, texts, parsed, null);
  }

  public FleetPlace place() {
    return place;
  }

  /// Texts of open files by path.
  public SortedMap<String, String> unsaved() {
    return unsaved;
  }

  /// The fleet as far as it can be bound; absent when there is none. Takes its time.
  public Optional<Draft> draft() {
    synchronized (loading) {
      Loaded known = loaded;
      if (known == null) {
        known = new Loaded(place.draft(unsaved, parsed));
        loaded = known;
      }
      return known.draft;
    }
  }

  /// What `gopsc lint` says of it beside what is wrong: nothing while anything is.
  public List<Diagnostic> style() {
    List<Diagnostic> known = style;
    if (known == null) {
      known = draft().map(found -> StyleCheck.of(place, found)).orElse(List.of());
      style = known;
    }
    return known;
  }

  /// The trees of all files of the fleet by path, those of the library too.
  public SortedMap<String, SyntaxTree> trees() {
    SortedMap<String, SyntaxTree> before = carried;
    return loaded == null && before != null
        ? before
        : draft().map(Draft::trees).orElseGet(TreeMap::new);
  }

  /// Whether a file belongs to the fleet.
  public boolean has(String path) {
    return trees().containsKey(path);
  }

  /// Whether the file to begin with has errors, so that it may not name all files.
  boolean isRootBroken() {
    return draft().stream()
        .flatMap(found -> found.diagnostics().stream())
        .anyMatch(
            d ->
                d.isError()
                    && d.place().filter(p -> p.file().path().equals(place.root())).isPresent());
  }

  /// Every name of the fleet.
  public Names names() {
    SortedMap<String, SyntaxTree> files = trees();
    Named known = named;
    if (known == null || !known.isOf(files)) {
      SortedMap<String, FileMarks> marks = new TreeMap<>();
      for (Map.Entry<String, SyntaxTree> file : files.entrySet()) {
        marks.put(file.getKey(), place.marks().of(file.getValue(), MarkReader::read));
      }
      known = new Named(files, new Names(marks));
      named = known;
    }
    return known.names;
  }
}
