package io.gops.plan;

import java.time.Duration;

/// What people do with the data of zones that become one, in this order.
public enum MergeDeed {
  SCHEMA(
      "schema",
      "compare the schema and version of the databases of all zones",
      "versions of both schemas and the differences",
      Duration.ofMinutes(30)),
  BACKUP(
      "backup",
      "back up the databases of all zones in full, and read the backups back",
      "where the backups are, their sizes and checksums",
      Duration.ofHours(1)),
  CONFLICTS(
      "conflicts",
      "find what would collide: names, ids, guilds, ranks; decide what becomes of each",
      "the report of the conflicts and who decided",
      Duration.ofHours(1)),
  TRIAL(
      "trial",
      "import into a copy of the database of zone %d",
      "rows before and after, errors, time it took",
      Duration.ofHours(1)),
  /// Cannot be taken back, so somebody agrees before it.
  IMPORT(
      "import",
      "import into the database of zone %d",
      "rows before and after, errors",
      Duration.ofHours(1));

  private final String step;
  private final String what;
  private final String evidence;
  private final Duration takes;

  MergeDeed(String step, String what, String evidence, Duration takes) {
    this.step = step;
    this.what = what;
    this.evidence = evidence;
    this.takes = takes;
  }

  /// Id of its step.
  public String step() {
    return step;
  }

  /// What is asked of people.
  ///
  /// @param into the zone that goes on
  public Action.ByHand action(int into) {
    return new Action.ByHand(what.replace("%d", Integer.toString(into)), evidence);
  }

  /// How it is taken back.
  ///
  /// @param into the zone that goes on
  public Undo undo(int into) {
    return this == IMPORT
        ? new Undo.PointOfNoReturn(
            "the data of all zones is in zone " + into + "; only the backup leads back")
        : new Undo.Nothing();
  }

  /// Expected time.
  Duration takes() {
    return takes;
  }
}
