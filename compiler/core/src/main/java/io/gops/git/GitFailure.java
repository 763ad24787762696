package io.gops.git;

/// What git could not do.
public final class GitFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why, as far as a person can do something about it.
  public enum Kind {
    /// There is no git, or it cannot be started.
    ABSENT,
    /// The folder is in no checkout.
    NO_CHECKOUT,
    /// The checkout belongs to another user, so git does not trust it.
    FOREIGN,
    /// There is no such revision.
    UNKNOWN_REVISION,
    /// There is no such revision here, because the clone has the last commits only.
    SHALLOW,
    /// Nothing was committed yet.
    NO_COMMIT,
    /// Anything else; the reason is git's own.
    REFUSED
  }

  private final Kind kind;

  GitFailure(Kind kind, String reason) {
    super(reason);
    this.kind = kind;
  }

  GitFailure(Kind kind, String reason, Throwable cause) {
    super(reason, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /// In git's words, or the system's.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
