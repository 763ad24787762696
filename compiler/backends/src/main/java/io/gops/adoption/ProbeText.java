package io.gops.adoption;

import io.gops.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Questions to running servers, from the service qualities of a set.
final class ProbeText {
  /// Words before the command of a probe that counts players.
  private static final int PLAYERS = 4;

  private ProbeText() {}

  static void write(ServerSet set, Wording text) {
    for (Json quality : Manifest.items(set.manifest().content(), "spec", "serviceQualities")) {
      List<String> command = Manifest.texts(quality, "exec", "command");
      if (command.isEmpty()) {
        continue;
      }
      boolean counts = command.size() > PLAYERS && command.get(PLAYERS - 1).equals("players");
      List<String> asked = counts ? command.subList(PLAYERS, command.size()) : command;
      text.say("  probe " + Spelled.label(ServerSet.name(quality)) + " {\n");
      text.say(counts ? "    players = true\n" : "");
      text.say("    exec = " + Spelled.list(asked) + "\n");
      Manifest.number(quality, "periodSeconds")
          .filter(seconds -> seconds != 10)
          .ifPresent(seconds -> text.say("    every = " + seconds + "s\n"));
      Manifest.text(quality, "containerName")
          .filter(name -> set.containers().stream().skip(1).anyMatch(c -> isCalled(c, name)))
          .ifPresent(name -> text.say("    container = " + Spelled.label(name) + "\n"));
      if (!counts) {
        Manifest.items(quality, "serviceQualityAction").forEach(action -> action(action, text));
      }
      text.say("  }\n");
    }
  }

  private static boolean isCalled(Json container, String name) {
    return ServerSet.name(container).equals(name);
  }

  private static void action(Json action, Wording text) {
    boolean passes = Manifest.isSet(action, "state");
    text.say("    " + (passes ? "passes" : "fails") + " { " + told(action) + " }\n");
  }

  /// What a server is told, as attributes.
  static String told(Json spec) {
    List<String> words = new ArrayList<>();
    Manifest.text(spec, "opsState")
        .flatMap(ProbeText::state)
        .ifPresent(state -> words.add("state = " + state));
    priority(spec, "updatePriority").ifPresent(n -> words.add("update_priority = " + n));
    priority(spec, "deletionPriority").ifPresent(n -> words.add("deletion_priority = " + n));
    if (Manifest.isSet(spec, "networkDisabled")) {
      words.add("network = off");
    }
    return String.join(", ", words);
  }

  private static Optional<String> priority(Json spec, String member) {
    return Manifest.number(spec, member)
        .map(number -> Long.toString(number))
        .or(() -> Manifest.text(spec, member).filter(text -> text.matches("[0-9]{1,6}")))
        .filter(number -> !number.equals("0"));
  }

  private static Optional<String> state(String ops) {
    return switch (ops) {
      case "Allocated" -> Optional.of("allocated");
      case "Maintaining" -> Optional.of("maintaining");
      case "WaitToBeDeleted" -> Optional.of("wait_to_be_deleted");
      default -> Optional.empty();
    };
  }
}
