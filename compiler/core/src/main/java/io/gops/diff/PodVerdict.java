package io.gops.diff;

import io.gops.deployment.Workload;
import io.gops.fleet.Container;
import io.gops.inplace.Difference;
import io.gops.inplace.TemplateChange;
import io.gops.json.Json;
import io.gops.plan.PodTemplates;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What becomes of the pods of a set when its template changes.
///
/// @param risk of the whole change
/// @param network whether the set would need another network, which it cannot get
/// @param storage whether it would need other volumes, which it cannot get
/// @param places what differs, by JSON Pointer
record PodVerdict(ConsequenceClass risk, boolean network, boolean storage, List<String> places) {
  static final PodVerdict NONE = new PodVerdict(ConsequenceClass.R0, false, false, List.of());

  PodVerdict {
    places = List.copyOf(places);
  }

  /// Asks the classifier.
  ///
  /// @param from the template that runs
  /// @param to what the source says now
  /// @param workload whose containers are engines, unless they are script sidecars
  static PodVerdict of(Json from, Json to, Workload workload) {
    boolean network = differs(from, to, PodTemplates.NETWORK);
    boolean storage = differs(from, to, PodTemplates.CLAIMS);
    TemplateChange change = TemplateChange.between(pod(from), pod(to));
    ConsequenceClass risk = risk(change, engines(workload));
    if (network || storage) {
      risk = risk.max(ConsequenceClass.R5);
    }
    return new PodVerdict(risk, network, storage, places(change));
  }

  static ConsequenceClass risk(TemplateChange change, Set<String> engines) {
    return switch (change) {
      case TemplateChange.Unchanged _ -> ConsequenceClass.R0;
      case TemplateChange.Recreate _ -> ConsequenceClass.R4;
      case TemplateChange.InPlace inPlace ->
          inPlace.restarts().isEmpty()
              ? ConsequenceClass.R1
              : inPlace.restarts().stream().anyMatch(engines::contains)
                  ? ConsequenceClass.R3
                  : ConsequenceClass.R2;
    };
  }

  private static List<String> places(TemplateChange change) {
    List<Difference> differences =
        switch (change) {
          case TemplateChange.Unchanged _ -> List.of();
          case TemplateChange.InPlace inPlace -> inPlace.differences();
          case TemplateChange.Recreate recreate -> recreate.reasons();
        };
    return differences.stream().map(Difference::path).toList();
  }

  static Set<String> engines(Workload workload) {
    return workload.role().containers().stream().map(Container::name).collect(Collectors.toSet());
  }

  private static boolean differs(Json from, Json to, String member) {
    return !Objects.equals(member(from, member), member(to, member));
  }

  private static Optional<Json> member(Json shape, String name) {
    return shape instanceof Json.Obj object
        ? Optional.ofNullable(object.members().get(name))
        : Optional.empty();
  }

  /// The pod alone.
  private static Json pod(Json shape) {
    Json.Members pod = Json.object();
    if (shape instanceof Json.Obj object) {
      object
          .members()
          .forEach(
              (name, value) -> {
                if (!name.equals(PodTemplates.NETWORK) && !name.equals(PodTemplates.CLAIMS)) {
                  pod.with(name, value);
                }
              });
    }
    return pod.end();
  }
}
