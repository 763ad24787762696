package io.gops.adoption;

import io.gops.json.Json;
import java.util.List;
import java.util.Optional;

/// The health checks of a container.
final class CheckText {
  private final ServerSet set;
  private final Json container;
  private final Wording text;

  CheckText(ServerSet set, Json container, Wording text) {
    this.set = set;
    this.container = container;
    this.text = text;
  }

  /// @param member of the container in the manifest
  /// @param word for it in a source
  void write(String member, String word) {
    Optional<Json> probe = Manifest.at(container, member);
    if (probe.isEmpty()) {
      return;
    }
    StringBuilder details = new StringBuilder();
    duration(probe.get(), "periodSeconds", 10).ifPresent(s -> details.append(", every = " + s));
    duration(probe.get(), "timeoutSeconds", 1).ifPresent(s -> details.append(", timeout = " + s));
    Manifest.number(probe.get(), "failureThreshold")
        .filter(failures -> failures != 3)
        .ifPresent(failures -> details.append(", failures = " + failures));
    handler(probe.get())
        .ifPresent(handler -> text.say("    " + word + " " + handler + details + " }\n"));
  }

  private static Optional<String> duration(Json probe, String member, long otherwise) {
    return Manifest.number(probe, member)
        .filter(seconds -> seconds != otherwise)
        .map(seconds -> seconds + "s");
  }

  private Optional<String> handler(Json probe) {
    List<String> command = Manifest.texts(probe, "exec", "command");
    if (!command.isEmpty()) {
      return Optional.of("exec { command = " + Spelled.list(ServerSet.unescaped(command)));
    }
    if (Manifest.at(probe, "httpGet").isPresent()) {
      return port(probe, "httpGet")
          .map(
              port ->
                  "http { port = "
                      + Spelled.label(port)
                      + ", path = "
                      + Spelled.quoted(Manifest.text(probe, "httpGet", "path").orElse("/")));
    }
    return port(probe, "tcpSocket").map(port -> "tcp { port = " + Spelled.label(port));
  }

  private Optional<String> port(Json probe, String handler) {
    return Manifest.text(probe, handler, "port")
        .or(
            () ->
                Manifest.number(probe, handler, "port")
                    .map(
                        number ->
                            set.ports(ServerSet.name(container))
                                .getOrDefault(Long.toString(number), "p" + number)));
  }
}
