package io.gops.diagnostic;

/// Every diagnostic the compiler can give. A code is never reused and never changes its meaning.
///
/// Ranges: 1xxx syntax, 2xxx names, types, units, 3xxx capacity, 4xxx network, 5xxx pairing, hot
/// update and rollout, 6xxx output and target, 7xxx style, 9xxx internal. The text of each stands
/// in the message catalogue, its page in `docs/diagnostics/`.
public enum Code {
  // 1xxx syntax
  GOPS1001(Failure.SOURCE),

  // 2xxx names, types, units
  GOPS2001(Failure.SOURCE),

  /// The lock has merge conflict markers.
  GOPS2901(Failure.SOURCE),
  /// A line of the lock is not a record.
  GOPS2902(Failure.SOURCE),
  /// The lock assigns one thing twice.
  GOPS2903(Failure.SOURCE),
  /// The lock gives one number to two things.
  GOPS2904(Failure.SOURCE),

  // 3xxx capacity
  GOPS3001(Failure.RULE),

  // 4xxx network
  /// A VPC or subnet has no address left.
  GOPS4001(Failure.RULE),
  /// A pool has no OpenFlow port number left.
  GOPS4002(Failure.RULE),

  // 5xxx pairing, hot update, rollout
  GOPS5001(Failure.RULE),

  // 6xxx output and target
  GOPS6001(Failure.INPUT_OUTPUT),

  // 7xxx style
  GOPS7001(Failure.RULE, Severity.WARNING),

  // 9xxx internal
  GOPS9001(Failure.INTERNAL);

  private final Failure failure;
  private final Severity severity;

  Code(Failure failure) {
    this(failure, Severity.ERROR);
  }

  Code(Failure failure, Severity severity) {
    this.failure = failure;
    this.severity = severity;
  }

  /// What it means for the run when it is an error.
  public Failure failure() {
    return failure;
  }

  /// Severity unless a check says otherwise.
  public Severity severity() {
    return severity;
  }
}
