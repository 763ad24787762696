package io.gops.diff;

/// What a reviewer cannot see from a value and would not expect.
public enum Remark {
  /// The API server stores it, but the controller looks at it only when the pod template changes.
  NO_EFFECT_YET("no effect until the pod template changes"),
  /// The API server or its webhook does not let this field change.
  REFUSED_BY_API("the API will refuse this: delete and make anew"),
  /// The side is stopped: it has no pods that could be recreated.
  STOPPED_SIDE("takes effect when the stopped side starts"),
  /// Pods were started with another template than the source says.
  DEPLOYED_VERSION("compile refuses this while the version runs: make a new version");

  private final String text;

  Remark(String text) {
    this.text = text;
  }

  /// A few words for people.
  public String text() {
    return text;
  }
}
