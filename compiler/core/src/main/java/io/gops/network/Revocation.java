package io.gops.network;

import io.gops.network.flow.Declaration;

/// A rule that is gone, or that an earlier `deny` takes something from since then. Connections that
/// it permitted are judged again.
///
/// @param id the rule's, which is in the marks of those connections and is not given to another
/// rule
public record Revocation(long id, Declaration declaration) {}
