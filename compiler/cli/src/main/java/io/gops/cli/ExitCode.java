package io.gops.cli;

/// The exit codes that do not come from a diagnostic; those are in
/// [io.gops.diagnostic.Failure].
final class ExitCode {
  static final int OK = 0;
  /// The traced packet does not arrive.
  static final int DROPPED = 1;
  static final int USAGE = 2;
  /// What `--check` compared is not up to date.
  static final int OUT_OF_DATE = 5;
  /// Something changes, and `--exit-code` asks.
  static final int DIFFERENT = 6;
  /// Something that `--fail-on` forbids changes, and nobody answers for it.
  static final int TOO_BAD = 7;

  /// The editor left without a word; the protocol asks for 1.
  static final int NO_GOOD_BYE = 1;

  private ExitCode() {}
}
