package io.gops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.gops.json.Json;
import io.gops.model.PublishedSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `gopsc model` and the schema that is published for it.
class ModelTest {
  private static final Path SCHEMA = Run.ROOT.resolve("docs/schemas/model.schema.json");

  @TempDir Path dir;

  @Test
  void thePublishedSchemaIsThatOfTheRecords() throws Exception {
    String expected = PublishedSchema.text(Run.ROOT);
    if ("model".equals(System.getProperty("gops.accept"))) {
      Files.writeString(SCHEMA, expected);
    }
    assertEquals(
        expected, Files.readString(SCHEMA), "run this test with -Dgops.accept=model and commit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wuxia", "five-zones", "web2048"})
  void theModelsOfTheExamplesAreValid(String example) throws Exception {
    Run run = Gops.run("model", Run.ROOT.resolve("examples").resolve(example).toString());
    assertEquals(0, run.code(), run.err());
    Set<?> problems =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Files.readString(SCHEMA))
            .validate(run.out(), InputFormat.JSON);
    assertTrue(problems.isEmpty(), problems.toString());
  }

  @Test
  void saysWhatASchedulerNeeds() throws Exception {
    Run run = Gops.run("model", Run.ROOT.resolve("examples/wuxia").toString());
    Json environments = at(Json.parse(run.out()), "environments");
    Json prod = ((Json.Arr) environments).items().getFirst();
    Json workload = at(prod, "deployment", "workloads", "clx-10001-a");
    assertEquals(Json.of("clx"), at(workload, "game"));
    assertEquals(Json.of(10001), at(workload, "zone"));
    assertEquals(
        List.of(true, true),
        Stream.of("cpu", "memory")
            .map(resource -> at(workload, "request", resource))
            .map(amount -> amount.print().matches("[1-9][0-9]+"))
            .toList());
    Json group = at(prod, "deployment", "groups", "10001");
    assertEquals(
        Json.of("hz-g001"), at(((Json.Arr) at(group, "placements")).items().getFirst(), "primary"));
    assertEquals(Json.of(64000), at(prod, "fleet", "hosts", "hz-g001", "capacity", "cpu"));
  }

  @Test
  void afterAnErrorThereIsNoModel() throws Exception {
    Path fleet = Gops.copy("five-zones", dir);
    Gops.replace(fleet.resolve("arena.gops"), "players = 500", "players = 500000");
    Run run = Gops.run("model", fleet.toString());
    assertEquals(4, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("error[GOPS3"), run.err());
  }

  private static Json at(Json from, String... path) {
    Json found = from;
    for (String name : path) {
      Json next = ((Json.Obj) found).members().get(name);
      assertTrue(next != null, name + " is not in " + ((Json.Obj) found).members().keySet());
      found = next;
    }
    return found;
  }
}
