package io.gops.network.flow;

/// The packet and metadata fields that the pipeline uses, in the order Open vSwitch prints them.
///
/// Names are those of ovs-fields(7). The registers have one meaning each, see their comments.
public enum Field {
  /// Set by the switch when each dimension of a conjunctive match has matched.
  CONJ_ID("conj_id", "NXM_NX_CONJ_ID", 32),
  /// Flags of [ConnectionState].
  CT_STATE("ct_state", "NXM_NX_CT_STATE", 32),
  /// Id of the rule that permitted the connection; 0 while none has.
  CT_MARK("ct_mark", "NXM_NX_CT_MARK", 32),
  /// Low 32 bits: underlay address of the tunnel end that the connection came from, else 0.
  CT_LABEL("ct_label", "NXM_NX_CT_LABEL", 32),
  ETH_TYPE("dl_type", "NXM_OF_ETH_TYPE", 16),
  IP_PROTO("nw_proto", "NXM_OF_IP_PROTO", 8),
  /// OpenFlow port to send the packet to.
  OUT_PORT("reg2", "NXM_NX_REG2", 32),
  /// Group that picks the gateway node; 0 for destinations inside the VPC.
  GATEWAY_GROUP("reg3", "NXM_NX_REG3", 32),
  /// Conntrack zone of the VPC in the low 16 bits.
  CT_ZONE("reg4", "NXM_NX_REG4", 32),
  /// Id of the rule that permitted the packet.
  RULE("reg5", "NXM_NX_REG5", 32),
  /// Where the packet entered this node: a value of [PacketSource].
  SOURCE("reg6", "NXM_NX_REG6", 32),
  /// Underlay address of the tunnel end that sent the packet, else 0.
  TUNNEL_PEER("reg7", "NXM_NX_REG7", 32),
  TUN_ID("tun_id", "NXM_NX_TUN_ID", 64),
  TUN_SRC("tun_src", "NXM_NX_TUN_IPV4_SRC", 32),
  TUN_DST("tun_dst", "NXM_NX_TUN_IPV4_DST", 32),
  /// VNI of the VPC that the packet belongs to.
  VPC("metadata", "OXM_OF_METADATA", 64),
  IN_PORT("in_port", "NXM_OF_IN_PORT", 16),
  ETH_SRC("dl_src", "NXM_OF_ETH_SRC", 48),
  ETH_DST("dl_dst", "NXM_OF_ETH_DST", 48),
  IP_SRC("nw_src", "NXM_OF_IP_SRC", 32),
  IP_DST("nw_dst", "NXM_OF_IP_DST", 32),
  ARP_SPA("arp_spa", "NXM_OF_ARP_SPA", 32),
  ARP_TPA("arp_tpa", "NXM_OF_ARP_TPA", 32),
  ARP_OP("arp_op", "NXM_OF_ARP_OP", 16),
  ARP_SHA("arp_sha", "NXM_NX_ARP_SHA", 48),
  ARP_THA("arp_tha", "NXM_NX_ARP_THA", 48),
  /// Destination port; printed with the name of its protocol.
  PORT_DST("tp_dst", "OXM_OF_TCP_DST", 16);

  private final String text;
  private final String nxm;
  private final int width;

  Field(String text, String nxm, int width) {
    this.text = text;
    this.nxm = nxm;
    this.width = width;
  }

  /// Name in a match and in `set_field`.
  public String text() {
    return text;
  }

  /// Name in `move`, `push` and `pop`, with the bits the pipeline uses.
  public String bits() {
    return this == CT_LABEL ? nxm + "[0..31]" : nxm + "[]";
  }

  /// Index into an array with one value a field; never stored.
  @SuppressWarnings("EnumOrdinal")
  public int slot() {
    return ordinal();
  }

  /// A mask of all bits.
  public long all() {
    return width == 64 ? -1 : (1L << width) - 1;
  }
}
