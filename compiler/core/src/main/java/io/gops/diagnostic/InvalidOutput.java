package io.gops.diagnostic;

/// What gopsc generated failed gopsc's own check of it: a bug of the compiler, found before
/// anything was written.
public final class InvalidOutput extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String defect;

  /// @param defect what is wrong, and where
  public InvalidOutput(String defect) {
    super(defect);
    this.defect = defect;
  }

  public String defect() {
    return defect;
  }
}
