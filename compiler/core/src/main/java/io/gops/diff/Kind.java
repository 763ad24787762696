package io.gops.diff;

import java.util.Locale;

/// What a change is about.
public enum Kind {
  ZONES,
  ROLLOUT,
  REACHABILITY,
  CAPACITY,
  PLACEMENT,
  ADDRESS,
  NUMBERS,
  CLUSTER,
  POOL,
  HOST,
  GATEWAY,
  VPC,
  SERVICE,
  SECRET,
  POLICY,
  GAME,
  DIRECTORY,
  ENVIRONMENT;

  /// As people and programs read it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
