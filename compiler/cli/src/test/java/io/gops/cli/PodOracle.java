package io.gops.cli;

import io.gops.adoption.Manifest;
import io.gops.adoption.ManifestReader;
import io.gops.compilation.Compiled;
import io.gops.diagnostic.Diagnostics;
import io.gops.diff.ConsequenceClass;
import io.gops.fleet.HotUpdate;
import io.gops.inplace.TemplateChange;
import io.gops.json.Json;
import io.gops.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What becomes of pods, read from the generated manifests alone: each set of both compiles is
/// given to the in-place classifier, which knows nothing of sources.
final class PodOracle {
  private static final Pattern ZONE = Pattern.compile("([^/]+)/.*/zone-(\\d+)\\.yaml");

  /// Edits of zones that count for something else than what is in the pods.
  private static final Pattern BESIDE_PODS =
      Pattern.compile(
          "(servers|side|role|zone|zones|game|live side|pool|vpc|pair|importance|players)\\b.*");

  private final CompiledRevision before;
  private final CompiledRevision after;
  private final List<ToldChange> told;

  PodOracle(CompiledRevision before, CompiledRevision after, List<ToldChange> told) {
    this.before = before;
    this.after = after;
    this.told = told;
  }

  /// What the diff says otherwise, in sentences.
  List<String> disagreements(Set<String> changed) {
    List<String> found = new ArrayList<>();
    for (String path : changed) {
      Matcher zone = ZONE.matcher(path);
      if (zone.matches() && before.files().containsKey(path) && after.files().containsKey(path)) {
        ConsequenceClass judged = judged(path);
        int id = Integer.parseInt(zone.group(2));
        ConsequenceClass said =
            told.stream()
                .filter(change -> change.touches(path))
                .map(ToldChange::risk)
                .reduce(ConsequenceClass.R0, ConsequenceClass::max);
        ConsequenceClass ofPods =
            told.stream()
                .filter(change -> change.environment().equals(zone.group(1)) && change.isOf(id))
                .flatMap(change -> change.edits().entrySet().stream())
                .filter(edit -> !BESIDE_PODS.matcher(edit.getKey()).matches())
                .map(edit -> edit.getValue())
                .reduce(ConsequenceClass.R0, ConsequenceClass::max);
        boolean isTooBad =
            ofPods.compareTo(ConsequenceClass.R1) > 0
                && ofPods.compareTo(ConsequenceClass.R6) < 0
                && ofPods.compareTo(judged) > 0;
        if (said.compareTo(judged) < 0 || isTooBad) {
          found.add(path + " is " + judged + ", told " + said + ", of its pods " + ofPods);
        }
      }
    }
    return found;
  }

  /// The worst that happens to any running set of a zone.
  private ConsequenceClass judged(String path) {
    SortedMap<String, Manifest> old = sets(before, path);
    SortedMap<String, Manifest> fresh = sets(after, path);
    ConsequenceClass worst = ConsequenceClass.R0;
    for (String name : old.keySet()) {
      Manifest from = old.get(name);
      Manifest to = fresh.get(name);
      if (to != null) {
        worst = worst.max(judged(from, to));
      }
    }
    return worst;
  }

  private ConsequenceClass judged(Manifest from, Manifest to) {
    boolean isOther =
        !from.at("spec", "network").equals(to.at("spec", "network"))
            || !from.at("spec", "gameServerTemplate", "volumeClaimTemplates")
                .equals(to.at("spec", "gameServerTemplate", "volumeClaimTemplates"));
    if (isOther) {
      return ConsequenceClass.R5;
    }
    ConsequenceClass judged =
        switch (TemplateChange.between(pod(from), pod(to))) {
          case TemplateChange.Unchanged _ -> ConsequenceClass.R0;
          case TemplateChange.Recreate _ -> ConsequenceClass.R4;
          case TemplateChange.InPlace stays ->
              stays.restarts().isEmpty()
                  ? ConsequenceClass.R1
                  : sidecars(from.name()).containsAll(stays.restarts())
                      ? ConsequenceClass.R2
                      : ConsequenceClass.R3;
        };
    boolean runs = !from.at("spec", "replicas").equals(Optional.of(Json.of(0)));
    return runs || judged == ConsequenceClass.R0 ? judged : ConsequenceClass.R1;
  }

  private static Json pod(Manifest set) {
    Json.Members pod = Json.object();
    for (String part : List.of("metadata", "spec")) {
      set.at("spec", "gameServerTemplate", part).ifPresent(value -> pod.with(part, value));
    }
    return pod.end();
  }

  private Set<String> sidecars(String set) {
    return after.compiled().values().stream()
        .map(Compiled::deployment)
        .flatMap(deployment -> deployment.groups().values().stream())
        .flatMap(group -> group.workloads().stream())
        .filter(workload -> workload.name().equals(set))
        .flatMap(workload -> workload.role().hotUpdates().stream())
        .map(HotUpdate::name)
        .collect(Collectors.toSet());
  }

  private static SortedMap<String, Manifest> sets(CompiledRevision revision, String path) {
    SortedMap<String, Manifest> sets = new TreeMap<>();
    String text = revision.files().getOrDefault(path, "");
    for (Manifest manifest : ManifestReader.read(new SourceFile(path, text), new Diagnostics())) {
      if (manifest.kind().equals("GameServerSet")) {
        sets.put(manifest.name(), manifest);
      }
    }
    return sets;
  }
}
