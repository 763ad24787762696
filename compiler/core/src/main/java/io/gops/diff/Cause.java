package io.gops.diff;

import io.gops.source.Place;
import java.util.Optional;

/// The line of the source that a change comes from.
///
/// @param path of the file in the fleet's folder
/// @param line from 1, in the new text; in the old one when the line is gone
/// @param text of the line, without the space around it
/// @param isGone whether only the old text has the line
/// @param place the end of the line in the new text
public record Cause(String path, int line, String text, boolean isGone, Optional<Place> place)
    implements Comparable<Cause> {
  /// `games/clx.gops:31`.
  public String where() {
    return path + ":" + line;
  }

  @Override
  public int compareTo(Cause other) {
    int order = path.compareTo(other.path);
    order = order != 0 ? order : Integer.compare(line, other.line);
    return order != 0 ? order : Boolean.compare(isGone, other.isGone);
  }
}
