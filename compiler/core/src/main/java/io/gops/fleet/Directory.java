package io.gops.fleet;

import io.gops.source.Origins;
import java.util.List;

/// The zone list that clients and the login gate watch.
///
/// @param game the game whose zones it lists
/// @param endpoints etcd client endpoints
/// @param prefix key prefix, begins and ends with `/`
public record Directory(
    String name, String game, List<String> endpoints, String prefix, Origins origins) {
  public Directory {
    endpoints = List.copyOf(endpoints);
  }
}
