package io.gops.network.trace;

import io.gops.diagnostic.Spelling;
import io.gops.fleet.Port;
import io.gops.network.verify.Service;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a connection asks for, by the word behind the colon.
final class Services {
  private static final int LAST_PORT = 65_535;

  private Services() {}

  /// A service, or why the word is none.
  sealed interface Asked {
    record Found(Service service) implements Asked {}

    record Unknown(String why) implements Asked {}
  }

  /// @param declared the ports of the other end, by which names and numbers are found
  static Asked of(String word, List<Port> declared) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.equals("icmp")) {
      return new Asked.Found(Service.ICMP);
    }
    for (Port.Protocol protocol : Port.Protocol.values()) {
      if (lower.startsWith(protocol.word() + "/")) {
        return number(lower.substring(protocol.word().length() + 1))
            .<Asked>map(number -> new Asked.Found(Service.of(protocol, number)))
            .orElseGet(() -> wrong(word));
      }
    }
    for (Port port : declared) {
      if (port.name().equals(word) || Integer.toString(port.number()).equals(word)) {
        return new Asked.Found(Service.of(port.protocol(), port.number()));
      }
    }
    if (!word.isEmpty() && Character.isDigit(word.charAt(0))) {
      return number(word)
          .<Asked>map(number -> new Asked.Found(Service.of(Port.Protocol.TCP, number)))
          .orElseGet(() -> wrong(word));
    }
    String meant =
        Spelling.nearest(word, declared.stream().map(Port::name).toList())
            .map(name -> "; did you mean " + name + "?")
            .orElse("");
    return new Asked.Unknown("no port is called " + word + meant);
  }

  private static Asked wrong(String word) {
    return new Asked.Unknown(
        word + " is no port: write a number up to " + LAST_PORT + ", a name, udp/53 or icmp");
  }

  private static Optional<Integer> number(String digits) {
    return digits.matches("[0-9]{1,5}")
        ? Optional.of(Integer.parseInt(digits)).filter(n -> n >= 1 && n <= LAST_PORT)
        : Optional.empty();
  }
}
