package io.gops.kubernetes;

import io.gops.deployment.Workload;

/// A place in a pod template whose text differs from zone to zone, or from side to side.
///
/// Templates are typed once for all zones of a game and version. While they are typed objects, a
/// slot is a word between NUL characters: no text of a user can hold one, because neither YAML nor
/// an environment variable nor a command line can.
enum Slot {
  /// Name of the set, `clx-10001-a`.
  SET,
  /// Label of the `zones` declaration.
  ZONES,
  /// Id of the zone; with a width, padded with zeros.
  ZONE,
  /// Id of the group, `10001`.
  GROUP,
  /// `a` or `b`.
  SIDE,
  /// Group and side, `10001-a`.
  MEMBER,
  /// Group and other side.
  PARTNER,
  /// MAC address of the only pod.
  MAC,
  /// Address of the only pod.
  ADDRESS;

  static final char MARK = '\0';

  /// The slot as it stands in the text of a typed object.
  String mark() {
    return mark(0);
  }

  /// As [#mark()], for a text padded to `width` digits.
  String mark(int width) {
    return MARK + name() + (width == 0 ? "" : ":" + width) + MARK;
  }

  /// What stands here for one workload.
  ///
  /// @param width least number of digits, for [#ZONE]
  String value(Workload workload, int width) {
    return switch (this) {
      case SET -> workload.name();
      case ZONES -> workload.zone().set();
      case ZONE -> pad(Integer.toString(workload.zone().id()), width);
      case GROUP -> workload.group();
      case SIDE -> workload.side().label();
      case MEMBER -> Labels.member(workload);
      case PARTNER -> Labels.partner(workload);
      case MAC -> workload.nics().getFirst().mac();
      case ADDRESS -> workload.nics().getFirst().address().toString();
    };
  }

  private static String pad(String digits, int width) {
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
