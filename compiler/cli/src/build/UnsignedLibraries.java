import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/// Takes the signatures out of the libraries that are packaged: a JVM keeps no class of a signed jar
/// in its archive, and checks the signature each time it starts. The build has checked the sums.
void main(String[] arguments) throws IOException {
  try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
    for (Path jar : jars) {
      unsign(jar);
    }
  }
}

private void unsign(Path jar) throws IOException {
  try (FileSystem inside = FileSystems.newFileSystem(jar)) {
    Path folder = inside.getPath("META-INF");
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> signatures = Files.newDirectoryStream(folder, "*.{SF,RSA,DSA,EC}")) {
        for (Path signature : signatures) {
          Files.delete(signature);
        }
      }
    }
  }
}
