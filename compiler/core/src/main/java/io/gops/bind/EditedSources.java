package io.gops.bind;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/// The files of a fleet, some with another text.
///
/// @param edited texts by path; each is the path of a file that there is
record EditedSources(Sources files, SortedMap<String, String> edited) implements Sources {
  @Override
  public Reading read(String path) {
    String text = edited.get(path);
    return text == null
        ? files.read(path)
        : new Reading.Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<String> all() {
    return files.all();
  }

  @Override
  public List<String> matching(String pattern) {
    return files.matching(pattern);
  }
}
