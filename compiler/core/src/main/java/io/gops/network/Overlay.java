package io.gops.network;

import io.gops.allocate.Assignments;
import io.gops.deployment.Deployment;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Ipv4;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/// The network of one environment: everything that the tables of its nodes are made from.
///
/// @param environment name of the environment
/// @param cluster name of the cluster
/// @param tunnel between the nodes
/// @param vpcs by name, those that have members
/// @param nodes by name, every host and every machine of a gateway
/// @param gateways by name
/// @param loginGroups by group id, for pairs that switch by login address
/// @param rules by VPC, then highest priority first
/// @param publicAddresses by address
/// @param meters of all limits
/// @param uplink of the hosts, if its queues are gopsc's
/// @param revocations of rules that once permitted connections, by id
public record Overlay(
    String environment,
    String cluster,
    Tunnel tunnel,
    SortedMap<String, VpcNetwork> vpcs,
    SortedMap<String, Node> nodes,
    SortedMap<String, GatewayGroup> gateways,
    SortedMap<String, LoginGroup> loginGroups,
    List<AccessRule> rules,
    List<PublicAddress> publicAddresses,
    Meters meters,
    Optional<HostUplink> uplink,
    List<Revocation> revocations) {
  public Overlay {
    rules = List.copyOf(rules);
    publicAddresses = List.copyOf(publicAddresses);
    revocations = List.copyOf(revocations);
  }

  /// The overlay of a deployment.
  ///
  /// @param assignments numbers of VPCs, rules, groups and public addresses are claimed here
  /// @param diagnostics what people can do about; with an error the overlay must not be used
  public static Overlay of(
      Deployment deployment, Assignments assignments, Diagnostics diagnostics) {
    return new OverlayBuilder(deployment, assignments, diagnostics).overlay();
  }

  /// The VPC of that name, which exists.
  public VpcNetwork vpc(String name) {
    return Objects.requireNonNull(vpcs.get(name), name);
  }

  /// The node of that name, which exists.
  public Node node(String name) {
    return Objects.requireNonNull(nodes.get(name), name);
  }

  /// The rules of one VPC, highest priority first.
  public List<AccessRule> rulesOf(String vpc) {
    return rules.stream().filter(rule -> rule.vpc().equals(vpc)).toList();
  }

  /// The address that players use for a group of servers, if the internet may reach it.
  ///
  /// @param name group id of a login group, or a member's id
  public Optional<Ipv4> publicAddress(String name) {
    return publicAddresses.stream()
        .filter(a -> a.name().equals(name))
        .map(PublicAddress::address)
        .findFirst();
  }
}
