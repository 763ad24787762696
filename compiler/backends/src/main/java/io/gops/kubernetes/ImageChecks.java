package io.gops.kubernetes;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Game;
import io.gops.fleet.Image;
import io.gops.fleet.Role;
import io.gops.fleet.Version;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/// Whether the images of a game's versions can replace each other in running pods.
///
/// OpenKruise knows that an update in place is done when the runtime reports another image. Two
/// names of one image are one image to the runtime, so the update waits for ever; and one name of
/// two images is no difference at all, so nothing is updated.
final class ImageChecks {
  private final Game game;
  private final SortedMap<String, NetworkPlugin> plugins;
  private final Diagnostics diagnostics;
  private final Map<Content, Use> firstUses = new HashMap<>();
  private final Set<Reported> reported = new HashSet<>();

  ImageChecks(Game game, SortedMap<String, NetworkPlugin> plugins, Diagnostics diagnostics) {
    this.game = game;
    this.plugins = plugins;
    this.diagnostics = diagnostics;
  }

  /// What a container runs, whatever it is called.
  private record Content(String container, String identity) {}

  private record Use(Image image, Version version) {}

  /// Versions inherit images: each is wrong once.
  private record Reported(Code code, String container, Image image) {}

  void run() {
    for (Version version : game.versions().values()) {
      version.images().forEach((container, image) -> image(version, container, image));
    }
  }

  private void image(Version version, String container, Image image) {
    moving(version, container, image);
    otherName(version, container, image);
    if (!image.namesRegistry() && staysReachable(version, container)) {
      report(
          Code.GOPS6163,
          container,
          image,
          Diagnostic.of(Code.GOPS6163, image.repository(), container)
              .at(version.origins().of(container))
              .hint("hint", image.completeRepository()));
    }
  }

  /// Images whose name may mean something else tomorrow.
  private void moving(Version version, String container, Image image) {
    if (image.digest().isPresent()) {
      return;
    }
    Code code =
        image.tag().filter(tag -> !tag.equals("latest")).isPresent()
            ? Code.GOPS6102
            : Code.GOPS6162;
    report(
        code,
        container,
        image,
        Diagnostic.of(code, image, container, version.name())
            .at(version.origins().of(container))
            .hint("hint"));
  }

  private void otherName(Version version, String container, Image image) {
    String identity =
        image
            .digest()
            .orElseGet(() -> image.completeRepository() + ":" + image.tag().orElse("latest"));
    Use first =
        firstUses.computeIfAbsent(new Content(container, identity), _ -> new Use(image, version));
    if (!first.image().equals(image)) {
      report(
          Code.GOPS6161,
          container,
          image,
          Diagnostic.of(Code.GOPS6161, container, version.name(), first.version().name())
              .at(version.origins().of(container))
              .related(first.version().origins().place(container), "related", named(first.image()))
              .hint("hint", named(first.image())));
    }
  }

  /// What people call an image.
  private static String named(Image image) {
    return image.repository() + image.tag().map(tag -> ":" + tag).orElse("");
  }

  /// Whether players are sent to the container's pod while its sidecars restart.
  private boolean staysReachable(Version version, String container) {
    for (Role role : version.roles().values()) {
      boolean inRole =
          role.container(container).isPresent()
              || role.hotUpdates().stream().anyMatch(update -> update.name().equals(container));
      boolean kept =
          role.exposures().stream()
              .map(exposure -> plugins.get(exposure.network()))
              .anyMatch(plugin -> plugin != null && plugin.keepsUnready());
      if (inRole && kept && !role.hotUpdates().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void report(Code code, String container, Image image, Diagnostic.Builder problem) {
    if (reported.add(new Reported(code, container, image))) {
      diagnostics.report(problem);
    }
  }
}
