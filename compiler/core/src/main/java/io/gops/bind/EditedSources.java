package io.gops.bind;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of a fleet, some with another text.
///
/// @param edited texts by path; a path without a file is that of a file which is not saved yet
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
    return with(files.all(), edited.keySet().stream());
  }

  @Override
  public List<String> matching(String pattern) {
    Pattern wanted = FolderSources.pattern(pattern);
    return with(
        files.matching(pattern),
        edited.keySet().stream().filter(path -> wanted.matcher(path).matches()));
  }

  private static List<String> with(List<String> present, Stream<String> more) {
    return Stream.concat(present.stream(), more).distinct().sorted().toList();
  }
}
