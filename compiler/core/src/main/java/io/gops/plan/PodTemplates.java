package io.gops.plan;

import io.gops.deployment.Workload;
import io.gops.json.Json;

/// How a back end spells the pods of a workload. Plans compare, store and patch templates, but do
/// not know what stands in them.
///
/// What differs between zones or sides of the same version stands in a shape as a placeholder, so
/// that a fleet of 10,000 zones has a handful of shapes.
public interface PodTemplates {
  /// Member of a shape with what persistent volumes are made from, when there are any.
  String CLAIMS = "volumeClaimTemplates";

  /// Member of a shape with how players reach the servers, when a port is exposed.
  String NETWORK = "network";

  /// The pod template of a workload: member `spec` with the containers in the order of
  /// [Workload#containerNames()], [#CLAIMS] and [#NETWORK]. Equal for workloads that differ in
  /// names and addresses only.
  Json shape(Workload workload);

  /// A part of a shape with what belongs to one workload put in for the placeholders.
  Json fill(Json part, Workload workload);
}
