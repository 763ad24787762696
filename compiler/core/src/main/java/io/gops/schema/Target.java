package io.gops.schema;

/// What a reference may name.
public enum Target {
  CLUSTER("the name of a cluster"),
  POOL("a pool as site.pool"),
  HOST("the name of a host"),
  INTERNET_GATEWAY("the name of an internet gateway"),
  BACKBONE_GATEWAY("the name of a backbone gateway"),
  VPC("the name of a vpc"),
  GAME("the name of a game"),
  VERSION("a version of the game"),
  ZONES("the label of a zones declaration"),
  WINDOW("the name of a window"),
  ALERT("the name of an alert of the game"),
  SECRET("the name of a secret"),
  /// A key that a secret says it has.
  SECRET_KEY("a key of the secret, as a string"),
  /// A container of the same role.
  CONTAINER("a container of the same role"),
  /// A persistent volume of the same role.
  PERSISTENT_VOLUME("a persistent volume of the role"),
  /// A port of the same container.
  PORT("a port of the same container"),
  /// `container.port` of the same role.
  CONTAINER_PORT("a port as container.port");

  private final String description;

  Target(String description) {
    this.description = description;
  }

  /// What a reader is told to write.
  public String description() {
    return description;
  }
}
