package io.gops.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A small fleet to begin with.
enum Story {
  AB("ab", "zones with two sides: a new version without downtime"),
  HOT_UPDATE("hot-update", "new scripts while players are online"),
  REPLACE_HOST("replace-host", "a machine dies and its zones move"),
  SMALL("small", "one game in one container");

  private final String word;
  private final String about;

  Story(String word, String about) {
    this.word = word;
    this.about = about;
  }

  /// As the command takes it.
  String word() {
    return word;
  }

  /// What it shows, in one line.
  String about() {
    return about;
  }

  /// The names of its files.
  List<String> files() {
    return switch (this) {
      case AB, HOT_UPDATE ->
          List.of("README.md", "fleet.gops", "game.gops", "machines.gops", "releases.gops");
      case REPLACE_HOST -> List.of("README.md", "fleet.gops", "game.gops", "machines.gops");
      case SMALL -> List.of("README.md", "game.gops");
    };
  }

  static Optional<Story> of(String word) {
    return Arrays.stream(values()).filter(story -> story.word.equals(word)).findFirst();
  }

  static String list() {
    return Arrays.stream(values()).map(Story::word).collect(Collectors.joining(", "));
  }

  byte[] bytes(String file) {
    String name = "/starters/" + word + "/" + file;
    try (InputStream in = Story.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not packaged");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
