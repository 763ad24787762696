package io.gops.directory;

import io.gops.artifact.Artifact;
import io.gops.deployment.Deployment;
import io.gops.fleet.Directory;
import io.gops.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The file `directory/<game>.json`: what the directory says while nothing moves. A line is a zone,
/// so that a change of one zone is a change of one line.
public final class ZoneList {
  private ZoneList() {}

  /// One file for each game that has a directory.
  ///
  /// @param folder of the environment and cluster, ending in `/`
  public static List<Artifact> files(
      Deployment deployment, PublicAddresses publicAddresses, String folder) {
    Map<String, List<Directory>> byGame = new TreeMap<>();
    for (Directory directory : deployment.directories().values()) {
      byGame.computeIfAbsent(directory.game(), _ -> new ArrayList<>()).add(directory);
    }
    List<Artifact> files = new ArrayList<>();
    byGame.forEach(
        (game, directories) ->
            files.add(
                new Artifact(
                    folder + "directory/" + game + ".json",
                    directories.stream().map(d -> d.origins().declaration()).toList(),
                    false,
                    out -> write(deployment, directories, publicAddresses, out))));
    return files;
  }

  private static void write(
      Deployment deployment,
      List<Directory> directories,
      PublicAddresses publicAddresses,
      OutputStream out)
      throws IOException {
    Directory first = directories.getFirst();
    line(out, "{\"game\":" + Json.of(first.game()).print() + ",\"directories\":[");
    String separator = " ";
    for (Directory directory : directories) {
      Json.Members members =
          Json.object()
              .with("name", directory.name())
              .with("prefix", directory.prefix())
              .with(
                  "endpoints", new Json.Arr(directory.endpoints().stream().map(Json::of).toList()));
      line(out, separator + members.end().print());
      separator = ",";
    }
    line(out, "],\"zones\":[");
    separator = " ";
    for (ZoneEntry entry : ZoneEntry.of(deployment, first, publicAddresses)) {
      line(out, separator + entry.json().print());
      separator = ",";
    }
    line(out, "]}");
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
