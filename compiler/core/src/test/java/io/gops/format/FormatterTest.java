package io.gops.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.syntax.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FormatterTest {
  static String format(String text) {
    return Formatter.format(Parsed.of(text).tree());
  }

  /// The flagship text, the examples and the library, by path.
  static SortedMap<String, String> texts() throws IOException {
    Path root = Path.of(System.getProperty("gops.root"));
    SortedMap<String, String> texts = new TreeMap<>();
    for (String folder : new String[] {"examples", "stdlib/src", "compiler/core/src/test"}) {
      if (Files.isDirectory(root.resolve(folder))) {
        try (Stream<Path> paths = Files.walk(root.resolve(folder))) {
          for (Path path : paths.filter(p -> p.toString().endsWith(".gops")).toList()) {
            texts.put(root.relativize(path).toString(), Files.readString(path));
          }
        }
      }
    }
    return texts;
  }

  @TestFactory
  Stream<DynamicTest> ourOwnTextsAreFormatted() throws IOException {
    return texts().entrySet().stream()
        .filter(text -> Parsed.of(text.getValue()).errors().isEmpty())
        .map(
            text ->
                DynamicTest.dynamicTest(
                    text.getKey(), () -> assertEquals(text.getValue(), format(text.getValue()))));
  }

  private static void check(String text, String formatted) {
    assertEquals(formatted, format(text), "format");
    assertEquals(formatted, format(formatted), "idempotent");
    assertEquals(Parsed.of(text).meaning(), Parsed.of(formatted).meaning(), "meaning");
    String crlf = formatted.replace("\n", "\r\n");
    assertEquals(crlf, format(text.replace("\n", "\r\n")), "CRLF");
    String cr = formatted.replace("\n", "\r");
    assertEquals(cr, format(text.replace("\n", "\r")), "CR");
  }

  @Test
  void spacesAndIndentation() {
    check(
        """
        game   clx{
        \tdisplay="楚留香"
              env {A=secret . db.pw,B=-  5 , C=1+2*(3 -1)}
          ids = [ 1 .. 30 ,2,
        3]
        @suppress ( "GOPS3012" ,reason="x" )
        zones a from  b{}
          }
        """,
        """
        game clx {
          display = "楚留香"
          env { A = secret.db.pw, B = -5, C = 1 + 2 * (3 - 1) }
          ids = [1..30, 2,
            3]
          @suppress("GOPS3012", reason = "x")
          zones a from b {}
        }
        """
            .replace("env {", "env     {")
            .replace("ids =", "ids     ="));
  }

  @Test
  void blankLines() {
    check("\n\n\na {\n\n\n  b = 1\n\n\n\n  c = 2\n\n}\n\n\n", "a {\n  b = 1\n\n  c = 2\n}\n");
    assertEquals("a = 1\n", format("a = 1"));
    check("", "");
    check("\n \n", "");
  }

  @Test
  void assignmentsAndPlainBlocksLineUp() {
    check(
        "zones = a\nto = 1\nwaves { by = x }\ndrain {\n  r = 1\n}\nwindow = w\n",
        "zones  = a\nto     = 1\nwaves  { by = x }\ndrain  {\n  r = 1\n}\nwindow = w\n");
  }

  @Test
  void labelledBlocksLineUpApartFromAssignments() {
    check(
        """
        files = "x"
        mount e { path = 1 }
        reload http { port = 2 }
        env { a = 1 }

        version "1" { a = 1 }
        version "1-hot" from "1" { a = 1 }
        """,
        """
        files = "x"
        mount e     { path = 1 }
        reload http { port = 2 }
        env         { a = 1 }

        version "1"              { a = 1 }
        version "1-hot" from "1" { a = 1 }
        """);
  }

  @Test
  void arrowsEndInOneColumn() {
    check(
        """
        allow internet->clx.engine : client
        allow clx.engine -> db:3306
        deny clx.a<->clx.b
        """,
        """
        allow internet   -> clx.engine:client
        allow clx.engine -> db:3306
        deny  clx.a     <-> clx.b
        """);
  }

  @Test
  void commentsKeepTheirPlaceAndShareAColumn() {
    check(
        """
        /// Doc.
            // above
        a { // one
          b = 1 // two
              /* three */ c = 2   /* four */
              // last
        }
        """,
        """
        /// Doc.
        // above
        a {      // one
          b = 1  // two
          /* three */ c = 2 /* four */
          // last
        }
        """);
    check("a = 1            // far\nbb = 22 // y\n", "a  = 1   // far\nbb = 22  // y\n");
    check("a  = 1     // far\nbb = 22    // y\n", "a  = 1     // far\nbb = 22    // y\n");
    check("a = 1               // far\n", "a = 1               // far\n");
  }

  @Test
  void aByteOrderMarkStays() {
    assertEquals("\uFEFFa = 1\n", format("\uFEFFa=1"));
  }

  @Test
  void wordsThatWouldGrowTogetherStayApart() {
    check("a = b.1 .c\n", "a = b.1 .c\n");
    check("a = b .1 .2\n", "a = b.1 .2\n");
  }
}
