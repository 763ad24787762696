package io.gops.git;

/// What git could not do.
public final class GitFailure extends Exception {
  private static final long serialVersionUID = 1L;

  GitFailure(String reason) {
    super(reason);
  }

  GitFailure(String reason, Throwable cause) {
    super(reason, cause);
  }

  /// In words.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
