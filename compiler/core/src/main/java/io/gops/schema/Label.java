package io.gops.schema;

/// What stands between a kind and its block.
///
/// @param form how it is written
/// @param meaning the placeholder in documentation: `NAME`, `FIRST..LAST`, `CONTAINER`
/// @param shape what it must look like
public record Label(Form form, String meaning, TextShape shape) {
  /// Spelling of a label.
  public enum Form {
    /// An identifier, or a string where the name has other characters.
    NAME,
    /// `1..30` or one number.
    RANGE
  }

  /// A name that becomes the name of a Kubernetes object, or part of one.
  public static Label kubernetesName(String meaning) {
    return new Label(Form.NAME, meaning, TextShape.DNS_LABEL);
  }

  /// A name with a rule of its own.
  public static Label name(String meaning, TextShape shape) {
    return new Label(Form.NAME, meaning, shape);
  }

  /// Numbers of members.
  public static Label range() {
    return new Label(Form.RANGE, "FIRST..LAST", TextShape.ANY);
  }
}
