package io.gops.lsp.server;

import io.gops.diagnostic.Language;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;

/// Serves one editor over two streams until it says good-bye or goes away.
public final class LanguageServerProcess {
  private LanguageServerProcess() {}

  /// @param version of the compiler
  /// @return whether the editor said good-bye before it left
  public static boolean serve(
      InputStream in, OutputStream out, String version, Library library, Language language) {
    GopsLanguageServer server = new GopsLanguageServer(version, library, language);
    Launcher<GopsClient> launcher =
        new LSPLauncher.Builder<GopsClient>()
            .setLocalService(server)
            .setRemoteInterface(GopsClient.class)
            .setInput(in)
            .setOutput(out)
            .setExecutorService(
                Executors.newCachedThreadPool(
                    work -> {
                      Thread thread = new Thread(work, "gops-protocol");
                      thread.setDaemon(true);
                      return thread;
                    }))
            .create();
    server.connect(launcher.getRemoteProxy());
    Future<?> stream = launcher.startListening();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    stream.get();
                  } catch (ExecutionException | InterruptedException _) {
                    // The stream broke: the editor is gone.
                  }
                  server.exit();
                });
    server.exited().join();
    reader.interrupt();
    return server.isShutDown();
  }
}
