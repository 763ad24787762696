package io.gops.capacity;

/// A change that makes a pool hold: found by inverting its inequalities, then proved.
///
/// @param change as the language writes it, or as `gopsc capacity --what-if` takes it
/// @param after the pool after it, which holds
/// @param less the pool after the next smaller change of the kind, for which nothing was found
public record Remedy(String change, PoolProblem after, PoolProblem less) {}
