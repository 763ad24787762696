package io.gops.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where results are printed, in UTF-8. A [PrintStream] keeps silent about what it could not print;
/// this one remembers why.
final class ResultStream extends PrintStream {
  /// What the system says when the reader has gone, as `head` does when it has enough.
  private static final String NO_READER = "Broken pipe";

  private final Watched target;

  ResultStream(OutputStream target) {
    this(new Watched(target));
  }

  private ResultStream(Watched target) {
    super(target, true, StandardCharsets.UTF_8);
    this.target = target;
  }

  /// Why something of the results is missing, though somebody still wants them.
  Optional<IOException> loss() {
    flush();
    return Optional.ofNullable(target.failure)
        .filter(failure -> !NO_READER.equals(failure.getMessage()));
  }

  /// Remembers the first failure.
  private static final class Watched extends FilterOutputStream {
    private @Nullable IOException failure;

    Watched(OutputStream target) {
      super(target);
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
