package io.gops.bind;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Files in memory: of a test, or of an editor's open documents.
final class MemorySources implements Sources {
  private final TreeMap<String, String> files;

  MemorySources(Map<String, String> files) {
    this.files = new TreeMap<>(files);
  }

  @Override
  public Reading read(String path) {
    String text = files.get(path);
    return text == null
        ? new Reading.Missing()
        : new Reading.Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<String> matching(String pattern) {
    Pattern wanted = FolderSources.pattern(pattern);
    return files.keySet().stream().filter(path -> wanted.matcher(path).matches()).toList();
  }

  @Override
  public List<String> all() {
    return List.copyOf(files.keySet());
  }
}
