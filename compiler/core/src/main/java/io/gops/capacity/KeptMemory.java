package io.gops.capacity;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.fleet.Fleet;
import io.gops.fleet.Game;
import io.gops.fleet.Profile;
import io.gops.fleet.Release;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.Version;
import io.gops.fleet.Zone;
import io.gops.source.Place;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Warns where a cut-over is proved with a guess: nobody has written how much of its players'
/// memory a server keeps after they have left. The proof takes all of it, which is safe and may
/// cost hosts. Of no interest to servers that no release moves, and to those whose memory does not
/// grow with players.
final class KeptMemory {
  private final Fleet fleet;
  private final Diagnostics diagnostics;

  /// Game and role of what has been said already: one warning for a profile, not for each zone.
  private final Set<String> said = new HashSet<>();

  private KeptMemory(Fleet fleet, Diagnostics diagnostics) {
    this.fleet = fleet;
    this.diagnostics = diagnostics;
  }

  static void warn(Fleet fleet, Diagnostics diagnostics) {
    KeptMemory kept = new KeptMemory(fleet, diagnostics);
    for (Release release : fleet.releases().values()) {
      switch (release) {
        case Release.AbSwitch moving -> kept.judge(moving);
        case Release.HotReload _, Release.CanaryWaves _, Release.Housekeeping _ -> {}
      }
    }
  }

  private void judge(Release.AbSwitch release) {
    for (Zone zone : fleet.zones().values()) {
      boolean moves = release.zoneSets().contains(zone.set()) && zone.body().pair().isPresent();
      if (moves && zone.body().players() > 0) {
        Game game = fleet.game(zone.body().game());
        for (Role role : game.roles().values()) {
          judge(game, role, zone.body().run());
          judge(game, role, release.to());
        }
      }
    }
  }

  private void judge(Game game, Role role, String versionName) {
    Version version = game.versions().get(versionName);
    Role effective = version == null ? role : version.roles().getOrDefault(role.name(), role);
    Profile profile = effective.profile();
    boolean guessed =
        profile.growsWithPlayers(Resource.MEMORY)
            && !profile.keepsAfterLogout().containsKey(Resource.MEMORY);
    if (guessed && said.add(game.name() + " " + role.name())) {
      Diagnostic.Builder report = Diagnostic.of(Code.GOPS3009, game.name());
      if (!role.implicit()) {
        report.saying("role", game.name(), role.name());
      }
      perPlayer(profile).ifPresent(report::at);
      diagnostics.report(report.hint("hint"));
    }
  }

  /// Where somebody says how memory grows.
  private static Optional<Place> perPlayer(Profile profile) {
    return profile
        .origins()
        .written("per_player.memory")
        .or(() -> profile.origins().written("by_players.memory"))
        .or(() -> profile.origins().place());
  }
}
