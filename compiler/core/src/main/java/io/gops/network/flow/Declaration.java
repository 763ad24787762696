package io.gops.network.flow;

import io.gops.source.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// What a flow was made from: the path of a declaration, which does not change when lines move, and
/// the place where it stands now.
///
/// @param path `vpc/wuxia/server/clx-10001-a/0`, `builtin/arp-proxy`
/// @param place where it is written; absent for what every node has
/// @param hash 48 bits of the path's SHA-256
public record Declaration(String path, Optional<Place> place, long hash) {
  /// First byte of each cookie: a flow of gopsc.
  private static final long OWNER = 0x60L << 56;

  public static Declaration of(String path, Optional<Place> place) {
    return new Declaration(path, place, hash(path));
  }

  /// Something that every node has.
  public static Declaration builtin(String name) {
    return of("builtin/" + name, Optional.empty());
  }

  /// Whether every node has it, whatever the fleet says.
  public boolean isBuiltin() {
    return path.startsWith("builtin/");
  }

  /// The cookie of this declaration's flows of one kind. It depends on the path only: Open vSwitch
  /// takes a changed cookie for a changed flow, and a blank line in a source must change no flow.
  public long cookie(FlowKind kind) {
    return OWNER | (long) kind.number() << 48 | hash;
  }

  private static long hash(String path) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
      long hash = 0;
      for (int i = 0; i < 6; i++) {
        hash = hash << 8 | (digest[i] & 0xff);
      }
      return hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
