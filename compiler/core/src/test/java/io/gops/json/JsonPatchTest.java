package io.gops.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JsonPatchTest {
  @Provide
  Arbitrary<Json> values() {
    Arbitrary<Json> leaf =
        Arbitraries.oneOf(
            Arbitraries.of("", "a", "é\n\"\\\u0001", "楚").map(Json::of),
            Arbitraries.longs().between(-3, 3).map(Json::of),
            Arbitraries.of(new Json.Bool(true), new Json.Null()));
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(Json.Arr::new),
                Arbitraries.maps(Arbitraries.of("a", "b/c", "d~e"), inner)
                    .ofMaxSize(3)
                    .map(members -> new Json.Obj(new TreeMap<>(members)))),
        0,
        3);
  }

  @Property(tries = 500)
  void aPatchLeadsThereAndItsReverseBack(@ForAll("values") Json from, @ForAll("values") Json to) {
    JsonPatch patch = JsonPatch.between(from, to, "");
    assertEquals(Optional.of(to), patch.apply(from));
    assertEquals(Optional.of(from), patch.reverse().apply(to));
  }

  @Property(tries = 500)
  void whatIsPrintedIsRead(@ForAll("values") Json value) throws IOException {
    assertEquals(value, Json.parse(value.print()));
  }

  @Test
  void anUnexpectedOldValueIsRefused() throws IOException {
    Json from = Json.parse("{\"spec\":{\"containers\":[{\"image\":\"a:1\",\"name\":\"a\"}]}}");
    Json to = Json.parse("{\"spec\":{\"containers\":[{\"image\":\"a:2\",\"name\":\"a\"}]}}");
    JsonPatch patch = JsonPatch.between(from, to, "/spec/gameServerTemplate");
    assertEquals(
        List.of("/spec/gameServerTemplate/spec/containers/0/image"),
        patch.changes().stream().map(JsonPatch.Change::path).toList());
    assertEquals(Optional.empty(), JsonPatch.between(from, to, "").apply(to));
  }

  @Test
  void membersThatComeAreAddedWithTheObjectAroundThem() throws IOException {
    JsonPatch patch =
        JsonPatch.between(Json.parse("{\"x\":{\"a\":1}}"), Json.parse("{\"x\":{\"b\":1}}"), "");
    assertEquals(
        "[{\"op\":\"test\",\"path\":\"/x\",\"value\":{\"a\":1}},"
            + "{\"op\":\"replace\",\"path\":\"/x\",\"value\":{\"b\":1}}]",
        patch.operations().print());
  }

  @Test
  void onlyOneWholeValueIsJson() {
    for (String text : List.of("", "{", "{} {}", "{\"a\":1,\"a\":2}", "nul")) {
      assertThrows(IOException.class, () -> Json.parse(text), text);
    }
  }
}
