package io.gops.kubernetes.inspection;

/// That one object names another.
///
/// @param path where
/// @param namespace of the object that is named; empty when it is in none
/// @param key of the data that is meant; empty for the whole object
record Reference(String path, String kind, String namespace, String name, String key) {}
