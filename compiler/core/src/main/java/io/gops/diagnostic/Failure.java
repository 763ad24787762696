package io.gops.diagnostic;

/// What kind of failure an error means, and so the exit code of a run that ends with it.
public enum Failure {
  /// Source, lock or state cannot be read as valid.
  SOURCE(3),
  /// A rule is violated: capacity, network, pairing, plan, expectation.
  RULE(4),
  /// What was to stay as it is would change.
  STALE(5),
  /// Files could not be read or written.
  INPUT_OUTPUT(8),
  /// What was generated failed its own check.
  OUTPUT(9),
  /// A bug in gopsc.
  INTERNAL(70);

  private final int exitCode;

  Failure(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
