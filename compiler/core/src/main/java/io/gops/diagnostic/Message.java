package io.gops.diagnostic;

import java.util.List;

/// A sentence for a person: a key of the message catalogue and the values it speaks of.
///
/// @param key key in the catalogue; `GOPS2003` for the message of a code, `GOPS2003.hint`,
///     `GOPS2003.related` beside it
/// @param arguments already printed in canonical units; `{0}` is the first
public record Message(String key, List<String> arguments) {
  public Message {
    arguments = List.copyOf(arguments);
  }

  public static Message of(String key, Object... arguments) {
    return new Message(key, List.of(arguments).stream().map(String::valueOf).toList());
  }
}
