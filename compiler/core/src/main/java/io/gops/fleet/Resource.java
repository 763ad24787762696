package io.gops.fleet;

/// What a host has and a server uses, each with the base unit in which the compiler calculates.
public enum Resource {
  /// Thousandths of a core.
  CPU("cpu"),
  /// Bytes of resident memory.
  MEMORY("memory"),
  /// Bits per second sent.
  EGRESS("egress"),
  /// Packets per second, both directions.
  PACKETS("packets"),
  /// Tracked connections.
  CONNECTIONS("connections"),
  /// Pods that the kubelet accepts.
  PODS("pods"),
  /// Bytes of local disk.
  DISK("disk"),
  /// Ports of the host that pods take under its own address.
  PORTS("ports"),
  /// Addresses that the host has for pods.
  ADDRESSES("addresses");

  private final String word;

  Resource(String word) {
    this.word = word;
  }

  /// The attribute that names it in a `.gops` file.
  public String word() {
    return word;
  }

  /// An amount in its canonical unit, as the language writes it: `1500mcores`, `6Gi`, `24kbps`.
  public String print(long amount) {
    return switch (this) {
      case CPU -> Units.cpu(amount);
      case MEMORY, DISK -> Units.memory(amount);
      case EGRESS -> Units.bandwidth(amount);
      case PACKETS -> Units.packets(amount);
      case CONNECTIONS, PODS, PORTS, ADDRESSES -> Long.toString(amount);
    };
  }
}
