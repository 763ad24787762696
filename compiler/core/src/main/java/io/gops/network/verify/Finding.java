package io.gops.network.verify;

/// Something that is wrong with generated tables.
///
/// @param node whose tables
/// @param what in words, with names and numbers
public record Finding(String node, String what) {}
