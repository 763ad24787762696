package io.gops.network;

import io.gops.fleet.Ipv4;
import io.gops.network.flow.Declaration;

/// An address of the internet that leads to one login address or one server.
///
/// @param vpc the VPC it leads into
/// @param node the gateway machine that owns it
/// @param inner the login address or the server's address
/// @param name group id of the login group, or the member's id
public record PublicAddress(
    Ipv4 address, String vpc, String node, Ipv4 inner, String name, Declaration declaration) {}
