package io.gops.inplace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gops.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cases were seen with the real OpenKruise controllers.
class TemplateChangeTest {
  private static final String TEMPLATE =
      """
      {"metadata":{"labels":{"game":"clx","tier":"gold"}},
       "spec":{
         "containers":[
           {"name":"engine","image":"engine:1","imagePullPolicy":"IfNotPresent","env":[
             {"name":"TIER","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels['tier']"}}}]},
           {"name":"scripts","image":"scripts:1"}],
         "initContainers":[{"name":"init","image":"init:1"}],
         "nodeSelector":{"pool":"std"},
         "terminationGracePeriodSeconds":30}}
      """;

  @Test
  void sameTemplateChangesNothing() throws IOException {
    assertEquals(new TemplateChange.Unchanged(), change(TEMPLATE));
  }

  @Test
  void anotherImageRestartsItsContainer() throws IOException {
    assertRestarts(Set.of("scripts"), TEMPLATE.replace("scripts:1", "scripts:2"));
    assertRestarts(
        Set.of("engine", "scripts"),
        TEMPLATE.replace("scripts:1", "scripts:2").replace("engine:1", "engine:2"));
  }

  @Test
  void aLabelRestartsOnlyWhoReadsIt() throws IOException {
    assertRestarts(Set.of(), TEMPLATE.replace("\"game\":\"clx\"", "\"game\":\"clx2\""));
    assertRestarts(Set.of(), TEMPLATE.replace("\"game\":\"clx\",", ""));
    assertRestarts(Set.of("engine"), TEMPLATE.replace("gold", "silver"));
  }

  /// As the decision function of OpenKruise has it.
  @Test
  void aLabelThatIsGoneRestartsNobody() throws IOException {
    assertRestarts(Set.of(), TEMPLATE.replace(",\"tier\":\"gold\"", ""));
    assertRestarts(
        Set.of(), TEMPLATE.replace("\"labels\":{\"game\":\"clx\",\"tier\":\"gold\"}", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IfNotPresent | Always | /spec/containers/0/imagePullPolicy",
        "init:1 | init:2 | /spec/initContainers/0/image",
        "std | big | /spec/nodeSelector/pool",
        "30 | 60 | /spec/terminationGracePeriodSeconds",
        "TIER | LEVEL | /spec/containers/0/env/0/name",
      })
  void anythingElseRecreatesThePod(String from, String to, String path) throws IOException {
    TemplateChange change = change(TEMPLATE.replace(from, to));
    TemplateChange.Recreate recreate = assertInstanceOf(TemplateChange.Recreate.class, change);
    assertEquals(List.of(path), recreate.reasons().stream().map(Difference::path).toList());
  }

  @Test
  void anImageBesideAnythingElseDoesNotHelp() throws IOException {
    String changed = TEMPLATE.replace("scripts:1", "scripts:2").replace("std", "big");
    TemplateChange.Recreate recreate =
        assertInstanceOf(TemplateChange.Recreate.class, change(changed));
    assertEquals("/spec/nodeSelector/pool", recreate.reasons().getFirst().path());
  }

  @Test
  void reorderedContainersRecreate() throws IOException {
    String changed =
        TEMPLATE
            .replace(
                "\"name\":\"scripts\",\"image\":\"scripts:1\"", "\"name\":\"x\",\"image\":\"y\"")
            .replace("\"engine\"", "\"scripts\"");
    assertInstanceOf(TemplateChange.Recreate.class, change(changed));
  }

  private static void assertRestarts(Set<String> restarts, String changed) throws IOException {
    TemplateChange.InPlace inPlace =
        assertInstanceOf(TemplateChange.InPlace.class, change(changed));
    assertEquals(new TreeSet<>(restarts), inPlace.restarts());
  }

  private static TemplateChange change(String to) throws IOException {
    return TemplateChange.between(Json.parse(TEMPLATE), Json.parse(to));
  }
}
