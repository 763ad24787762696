package io.gops.lsp.server;

import io.gops.lsp.fleet.OpenFleets;
import io.gops.lsp.fleet.OpenText;
import io.gops.lsp.fleet.View;
import io.gops.lsp.text.Positions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.jsonrpc.CompletableFutures;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/// Answers questions about open files beside the thread that reads the protocol. An answer about a
/// text that has changed meanwhile is dropped.
final class Answers implements AutoCloseable {
  private static final long STACK = 64L << 20;

  private final OpenFleets fleets;
  private final ExecutorService workers =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(null, work, "gops-answers", STACK);
            thread.setDaemon(true);
            return thread;
          });

  Answers(OpenFleets fleets) {
    this.fleets = fleets;
  }

  /// Makes an answer from a file as it is now.
  interface Question<T> {
    T of(View view) throws Exception;
  }

  /// Makes an answer from a place of a file as it is now.
  interface QuestionAt<T> {
    T of(View view, int offset) throws Exception;
  }

  /// @param otherwise the answer for a file that is not open
  <T> CompletableFuture<T> of(String uri, T otherwise, Question<T> question) {
    Optional<OpenText> asked = fleets.text(uri);
    if (asked.isEmpty()) {
      return CompletableFuture.completedFuture(otherwise);
    }
    return CompletableFutures.computeAsync(
        workers,
        cancel -> {
          cancel.checkCanceled();
          Optional<View> view = fleets.view(uri);
          drop(uri, asked.get());
          if (view.isEmpty()) {
            return otherwise;
          }
          T answer = ask(question, view.get());
          cancel.checkCanceled();
          drop(uri, asked.get());
          return answer;
        });
  }

  <T> CompletableFuture<T> at(String uri, Position position, T otherwise, QuestionAt<T> question) {
    return of(uri, otherwise, view -> question.of(view, Positions.offset(view.text(), position)));
  }

  private static <T> T ask(Question<T> question, View view) {
    try {
      return question.of(view);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception refused) {
      throw new ResponseErrorException(
          new ResponseError(ResponseErrorCode.RequestFailed, refused.getMessage(), null));
    }
  }

  private void drop(String uri, OpenText asked) {
    if (fleets.text(uri).filter(now -> now.text().equals(asked.text())).isEmpty()) {
      throw new ResponseErrorException(
          new ResponseError(
              ResponseErrorCode.ContentModified, "the text has changed meanwhile", null));
    }
  }

  /// Work that is about no open file.
  <T> CompletableFuture<T> later(java.util.function.Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, workers);
  }

  @Override
  public void close() {
    workers.shutdown();
  }
}
