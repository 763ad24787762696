package io.gops.network;

import io.gops.deployment.Nic;
import io.gops.fleet.Port;
import io.gops.fleet.Side;
import io.gops.network.flow.Declaration;
import java.util.List;
import java.util.Optional;

/// The login address of a pair: new connections go to the live side, open ones stay where they are.
///
/// @param group id of the deployment's group, `10001`
/// @param groupId OpenFlow group on every carrier
/// @param address the login address inside the VPC
/// @param ports what players connect to
/// @param buckets of both sides
/// @param publicAddress the address on the internet that leads here
/// @param carriers names of the nodes that have the group; a switch of sides changes it on each
public record LoginGroup(
    String group,
    long groupId,
    Nic address,
    List<Port> ports,
    List<Bucket> buckets,
    Optional<PublicAddress> publicAddress,
    List<String> carriers,
    Declaration declaration) {
  /// Weight of a side that takes all logins.
  public static final int FULL = 100;

  public LoginGroup {
    ports = List.copyOf(ports);
    buckets = List.copyOf(buckets);
    carriers = List.copyOf(carriers);
  }

  /// One server that logins may go to.
  ///
  /// @param id the same for the life of the pair
  /// @param weight share of new logins; 0 takes none
  public record Bucket(long id, Side side, Member member, int weight) {}

  /// The same group with another share of logins for each side.
  ///
  /// @param a weight of each server of side A
  /// @param b weight of each server of side B
  public LoginGroup withWeights(int a, int b) {
    List<Bucket> changed =
        buckets.stream()
            .map(k -> new Bucket(k.id(), k.side(), k.member(), k.side() == Side.A ? a : b))
            .toList();
    return new LoginGroup(
        group, groupId, address, ports, changed, publicAddress, carriers, declaration);
  }

  /// The same group with all logins on one side.
  public LoginGroup withLive(Side side) {
    return side == Side.A ? withWeights(FULL, 0) : withWeights(0, FULL);
  }
}
