package io.gops.kubernetes;

/// Which fields of a generated object a person may patch, and what to write instead of the others.
///
/// Everything is closed that is not opened here: a field may be patched when no proof, plan or
/// selector of gopsc rests on it, and when it cannot loosen what keeps a pod apart from its host.
sealed interface PatchRule {
  /// Anything may stand here.
  record Open() implements PatchRule {}

  /// Only `true` may stand here: the other value would loosen something.
  record OnlyTrue() implements PatchRule {}

  /// Only a number from 1 may stand here: 0 is root.
  record NotRoot() implements PatchRule {}

  /// Names as in labels and annotations, except those that gopsc and controllers own.
  record OpenNames() implements PatchRule {}

  /// Nothing may stand here.
  ///
  /// @param instead what to write instead; empty when there is nothing
  record Closed(Reason reason, String instead) implements PatchRule {}

  /// Why a field is closed.
  enum Reason {
    /// The capacity proof rests on it.
    CAPACITY,
    /// The proved placement rests on it.
    PLACEMENT,
    /// The proof of the network rests on it.
    NETWORK,
    /// It is a name, selector or label that gopsc makes.
    NAME,
    /// It would take away what keeps the pod apart from its host or from the cluster.
    SECURITY,
    /// Releases write it.
    RELEASE,
    /// The controllers do not know it yet, and drop it without a word.
    DROPPED,
    /// There is an attribute for it.
    ATTRIBUTE,
    /// Nobody has judged what it does to the proofs.
    UNJUDGED
  }
}
