package io.gops.kubernetes;

import java.util.Map;
import java.util.Objects;

/// Signals by which an engine may be told to reload, with their numbers on Linux.
///
/// Those that end or stop a process by definition (KILL, STOP, TERM, QUIT, INT) are not among them.
final class SignalNumber {
  private static final Map<String, Integer> NUMBERS =
      Map.of("HUP", 1, "USR1", 10, "USR2", 12, "ALRM", 14, "URG", 23, "WINCH", 28);

  private SignalNumber() {}

  /// @param signal without `SIG`, one of those that the schema allows
  static int of(String signal) {
    return Objects.requireNonNull(NUMBERS.get(signal), signal);
  }
}
