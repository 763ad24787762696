package io.gops.network.pipeline;

import io.gops.network.AccessRule;

/// A rule with both of its ends.
record RuleEnds(AccessRule rule, RuleEnd from, RuleEnd to) {}
