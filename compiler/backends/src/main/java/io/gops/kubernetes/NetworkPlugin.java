package io.gops.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gops.fleet.Exposure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A network plugin of OpenKruiseGame: what it needs and what it would do silently.
///
/// OpenKruiseGame ignores parameters that it does not know and drops values that it cannot read, so
/// all of them are data here and checked at compile time. Read from `cloudprovider/` of
/// kruise-game.
///
/// @param after newest release that does not have it yet; absent when 1.0.0 has it
/// @param cuts whether players lose their connection while the pod is not ready
/// @param ports parameter that lists the ports; absent when the plugin exposes whole pods
/// @param otherParameters whether names outside `parameters` have a meaning too
/// @param exactlyOneOf parameters of which one must be given
/// @param balancers the load balancers whose ports it hands out, where it does
/// @param freesByPrefix whether deleting a set with fixed ports frees those of sets whose names
///     begin with its own
record NetworkPlugin(
    String name,
    Optional<String> after,
    Cuts cuts,
    Optional<PortForm> ports,
    boolean otherParameters,
    List<String> exactlyOneOf,
    Optional<Balancers> balancers,
    boolean freesByPrefix,
    SortedMap<String, Parameter> parameters) {

  static final String HOST_PORT = Exposure.HOST_PORT;

  /// Parameter that keeps servers reachable while the named containers restart.
  static final String ALLOW_NOT_READY = "AllowNotReadyContainers";

  /// Whether a pod that is not ready loses its players.
  enum Cuts {
    YES,
    NO,
    UNKNOWN
  }

  /// How the ports of an exposure are written.
  enum PortForm {
    /// `engine:7001/TCP`
    ContainerPorts,
    /// `7001/TCP,7002/UDP`
    PortProtocols,
    /// `7001,7002`
    Ports,
    /// `7001`, the parameter repeated for each port
    Port
  }

  /// Load balancers that share a pool of ports.
  ///
  /// @param parameter that lists their ids
  /// @param ports of each, at most; absent where the provider has no such limit
  record Balancers(String parameter, Optional<Long> ports) {}

  /// One parameter.
  ///
  /// @param values the only values allowed; empty when others are too
  /// @param range smallest and largest number allowed; empty when it is no number
  /// @param length least and greatest length; empty when any
  /// @param json whether the value must be JSON
  record Parameter(
      boolean required,
      boolean repeatable,
      List<String> values,
      List<Long> range,
      List<Long> length,
      Optional<Pattern> pattern,
      boolean json) {}

  /// Whether the plugin can keep players connected while a sidecar restarts.
  boolean keepsUnready() {
    return parameters.containsKey(ALLOW_NOT_READY);
  }

  /// All plugins by name.
  static SortedMap<String, NetworkPlugin> load() {
    SortedMap<String, NetworkPlugin> plugins = new TreeMap<>();
    try (InputStream in = NetworkPlugin.class.getResourceAsStream("network-plugins.json")) {
      for (JsonNode node : new ObjectMapper().readTree(in)) {
        NetworkPlugin plugin = read(node);
        plugins.put(plugin.name(), plugin);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return plugins;
  }

  private static NetworkPlugin read(JsonNode node) {
    SortedMap<String, Parameter> parameters = new TreeMap<>();
    node.get("parameters")
        .properties()
        .forEach(entry -> parameters.put(entry.getKey(), parameter(entry.getValue())));
    return new NetworkPlugin(
        node.get("name").textValue(),
        Optional.ofNullable(node.path("after").textValue()),
        switch (node.get("cutsUnreadyServers").textValue()) {
          case "yes" -> Cuts.YES;
          case "no" -> Cuts.NO;
          default -> Cuts.UNKNOWN;
        },
        Optional.ofNullable(node.path("ports").textValue()).map(PortForm::valueOf),
        node.path("otherParameters").booleanValue(),
        texts(node.path("exactlyOneOf")),
        balancers(node.path("balancers")),
        node.path("freesByPrefix").booleanValue(),
        parameters);
  }

  private static Optional<Balancers> balancers(JsonNode node) {
    return node.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Balancers(
                node.get("parameter").textValue(),
                Optional.ofNullable(node.get("ports")).map(JsonNode::longValue)));
  }

  private static Parameter parameter(JsonNode node) {
    return new Parameter(
        node.path("required").booleanValue(),
        node.path("repeatable").booleanValue(),
        texts(node.path("values")),
        numbers(node.path("range")),
        numbers(node.path("length")),
        Optional.ofNullable(node.path("pattern").textValue()).map(Pattern::compile),
        node.path("format").asText().equals("json"));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.textValue()));
    return texts;
  }

  private static List<Long> numbers(JsonNode array) {
    List<Long> numbers = new ArrayList<>();
    array.forEach(item -> numbers.add(item.longValue()));
    return numbers;
  }
}
