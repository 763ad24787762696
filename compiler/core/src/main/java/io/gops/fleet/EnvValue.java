package io.gops.fleet;

/// The value of an environment variable.
public sealed interface EnvValue {
  /// Plain text; may hold `${zone.id}`-like parts already resolved per zone by [Interpolation].
  record Text(Interpolation text) implements EnvValue {}

  /// A key of a Kubernetes Secret.
  ///
  /// @param secret name of a [Secret] of the fleet
  record SecretKey(String secret, String key) implements EnvValue {}
}
