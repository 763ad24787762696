package io.gops.kubernetes.inspection;

import java.util.List;

/// The annotation of objects that people patched: it names the patched fields, so that every
/// difference shows them.
public final class PatchMark {
  public static final String ANNOTATION = "gops.dev/unchecked-by-the-proofs";

  private PatchMark() {}

  /// The patched fields of an object or a pod template.
  static List<String> paths(Tree metadata) {
    String marked = metadata.at("annotations", ANNOTATION).scalar();
    return marked.isEmpty() ? List.of() : List.of(marked.split(", ", -1));
  }
}
