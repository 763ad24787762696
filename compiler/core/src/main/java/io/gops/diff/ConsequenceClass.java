package io.gops.diff;

/// How much a change disturbs what runs; each one is worse than those before it.
public enum ConsequenceClass {
  /// Nothing that runs notices, or not until something else changes.
  R0("no runtime effect"),
  /// Takes effect while servers run on; nobody is disconnected.
  R1("no disconnect"),
  /// Pods stay, but are not ready for a moment, or players are asked to move.
  R2("not ready for a moment"),
  /// A container of a running pod restarts.
  R3("a container restarts"),
  /// Pods are deleted and made again, or connections are cut: players are disconnected.
  R4("players are disconnected"),
  /// Addresses, ports or data of servers do not survive.
  R5("addresses or data are lost"),
  /// Somebody may reach what he could not reach before.
  R6("exposure is widened");

  private final String meaning;

  ConsequenceClass(String meaning) {
    this.meaning = meaning;
  }

  /// A few words for people.
  public String meaning() {
    return meaning;
  }

  /// The worse of the two.
  public ConsequenceClass max(ConsequenceClass other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
