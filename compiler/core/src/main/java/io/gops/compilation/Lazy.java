package io.gops.compilation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is computed once, by whoever asks first.
final class Lazy<T> {
  private final Supplier<T> computation;
  private @Nullable T value;

  Lazy(Supplier<T> computation) {
    this.computation = computation;
  }

  synchronized T get() {
    T known = value;
    if (known == null) {
      known = computation.get();
      value = known;
    }
    return known;
  }
}
