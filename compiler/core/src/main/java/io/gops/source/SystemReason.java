package io.gops.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a file could not be read or written.
public final class SystemReason {
  private SystemReason() {}

  /// The path and the reason; the reason alone when no file is to blame.
  public static String named(IOException failure) {
    String file = failure instanceof FileSystemException system ? system.getFile() : null;
    return file == null ? of(failure) : file + ": " + of(failure);
  }

  /// The reason in a few words, without the path.
  public static String of(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (failure instanceof JsonProcessingException json) {
      // What a JSON reader says names tokens that it would have taken, and its own memory.
      JsonLocation at = json.getLocation();
      return at == null
          ? "not JSON"
          : "not JSON at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "a file is in the way";
    }
    String reason =
        failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
    return reason == null ? failure.getClass().getSimpleName() : reason;
  }
}
