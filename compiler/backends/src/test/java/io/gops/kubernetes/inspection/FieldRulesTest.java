package io.gops.kubernetes.inspection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gops.kubernetes.GeneratedObjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule of each field notices what it is for: a generated object is broken in this one field.
class FieldRulesTest {
  private final ObjectInspection inspection =
      new ObjectInspection(java.util.Set.of("Kubernetes-HostPort"));

  private static final SortedMap<String, Object> SAMPLES = samples();

  /// One generated object of each kind, the largest.
  private static SortedMap<String, Object> samples() {
    SortedMap<String, Object> samples = new TreeMap<>();
    for (SortedMap<String, List<Object>> fleet : GeneratedObjects.ofManyFleets()) {
      for (List<Object> file : fleet.values()) {
        for (Object document : file) {
          samples.merge(
              new Tree(document).at("kind").scalar(),
              document,
              (a, b) -> Length.ofObject(a) >= Length.ofObject(b) ? a : b);
        }
      }
    }
    return samples;
  }

  record Case(String kind, String path, FieldRule rule) {
    @Override
    public String toString() {
      return kind + " " + path + " " + rule;
    }
  }

  static Stream<Case> everyRule() {
    return KindFields.tables().entrySet().stream()
        .flatMap(
            table ->
                table.getValue().all().entrySet().stream()
                    .flatMap(
                        entry ->
                            entry.getValue().stream()
                                .map(rule -> new Case(table.getKey(), entry.getKey(), rule))));
  }

  @ParameterizedTest
  @MethodSource("everyRule")
  void noticesWhatItIsFor(Case test) {
    Object sample =
        SAMPLES.getOrDefault(
            test.kind(),
            Map.of(
                "apiVersion", "v1",
                "kind", test.kind(),
                "metadata", Map.of("name", "x", "namespace", "y")));
    List<Object> broken = broken(sample, test);
    assertTrue(!broken.isEmpty(), test.toString());
    for (Object object : broken) {
      List<Defect> defects =
          test.path().equals("kind") ? List.of() : inspectionOf(object, test.kind());
      String place = String.join(".", Change.steps(test.path())).replace(".[", "[");
      assertTrue(
          defects.stream().anyMatch(defect -> defect.path().startsWith(place)),
          () -> test + " says only " + defects);
    }
  }

  /// The rules of the kind, even if the break took the kind away.
  private List<Defect> inspectionOf(Object object, String kind) {
    List<Defect> defects = new ArrayList<>();
    KindFields.tables()
        .get(kind)
        .build()
        .walk(
            object,
            new Seen(),
            (path, fault) -> defects.add(new Defect("", path, fault.found(), fault.wanted())));
    return defects;
  }

  private static List<Object> broken(Object sample, Case test) {
    String path = test.path();
    List<Object> broken = new ArrayList<>();
    switch (test.rule()) {
      case FieldRule.Spelled(Form form) -> {
        wrong(form).forEach(text -> broken.add(Change.put(sample, path, text)));
        broken.add(Change.put(sample, path, List.of()));
      }
      case FieldRule.OneOf _ -> broken.add(Change.put(sample, path, "Sometimes"));
      case FieldRule.Whole(long least, long most) -> {
        broken.add(Change.put(sample, path, least - 1));
        broken.add(Change.put(sample, path, most + 1));
        broken.add(Change.put(sample, path, "1"));
      }
      case FieldRule.WholeOr(FieldRule.Whole(long least, long most), Form form) -> {
        broken.add(Change.put(sample, path, least - 1));
        broken.add(Change.put(sample, path, most + 1));
        wrong(form).forEach(text -> broken.add(Change.put(sample, path, text)));
      }
      case FieldRule.Flag _ -> broken.add(Change.put(sample, path, "yes"));
      case FieldRule.Has(List<String> fields) ->
          fields.forEach(field -> broken.add(Change.remove(sample, join(path, field))));
      case FieldRule.ExactlyOne(List<String> fields) -> {
        Object none = sample;
        Object all = sample;
        for (String field : fields) {
          none = Change.remove(none, join(path, field));
          all = Change.put(all, join(path, field), Map.of());
        }
        broken.add(none);
        broken.add(all);
      }
      case FieldRule.Without(String field) -> broken.add(Change.put(sample, join(path, field), 1));
      case FieldRule.Names(Form form) ->
          wrong(form).forEach(name -> broken.add(withMember(sample, path, name)));
      case FieldRule.Total(long bytes) ->
          broken.add(Change.put(sample, join(path, "x"), "x".repeat((int) bytes)));
      case FieldRule.Unique(List<String> fields) -> {
        Map<String, Object> element = new LinkedHashMap<>();
        fields.forEach(field -> element.put(field, "same"));
        broken.add(Change.put(sample, path, List.of(element, element)));
      }
    }
    return broken;
  }

  private static Object withMember(Object sample, String path, String name) {
    return Change.change(
        sample,
        Change.steps(path),
        old -> {
          Map<Object, Object> map = new LinkedHashMap<>();
          old.filter(Map.class::isInstance).ifPresent(o -> map.putAll((Map<?, ?>) o));
          map.put(name, "x");
          return Optional.of(map);
        });
  }

  private static String join(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /// Texts that look right and are not.
  private static List<String> wrong(Form form) {
    return switch (form) {
      case DNS_LABEL -> List.of("", "Zone", "a.b", "-a", "a-", "a".repeat(64));
      case DNS_SUBDOMAIN -> List.of("", "a..b", "A", "a_b", "a".repeat(254));
      case SERVICE_NAME -> List.of("1a", "a.b", "bgp_pro", "a".repeat(64));
      case SET_NAME -> List.of("a".repeat(53), "A", "");
      case LABEL_KEY -> List.of("", "a b", "x/", "/x", "A_b/x/y", "x".repeat(64));
      case LABEL_VALUE -> List.of("-5", "<nil>", "a b", "x".repeat(64));
      case QUALITY_NAME -> List.of("", "a#b", "-a");
      case PORT_NAME -> List.of("", "7001", "a--b", "a".repeat(16), "A");
      case VARIABLE -> List.of("", "1A", "A=B");
      case DATA_KEY -> List.of("", "..", "a/b");
      case QUANTITY -> List.of("", "2 Gi", "2gi", "-1", "1.Gi", "m");
      case CIDR -> List.of("10.0.0.0", "10.0.0.0/33", "10.0.0.1/8", "::/129", "10.0.0/8");
      case ADDRESS -> List.of("10.0.0.256", "10.0.0", "x");
      case IMAGE -> List.of("", "a b", "a@sha256:12", "UPPER", "registry.example.com/a:");
      case ABSOLUTE_PATH -> List.of("", "a", "/a/../b", "/a:b");
      case INNER_PATH -> List.of("", "/a", "../a", "a/..");
      case PERCENT -> List.of("0%", "101%", "50", "100percent");
      case DURATION -> List.of("", "5min", "1s1m", "1.5m", "m", "-1s");
      case JSON -> List.of("", "{", "{} {}", "{a:1}");
      case TEXT -> List.of("");
    };
  }

  @org.junit.jupiter.api.Test
  void everyKindHasRules() {
    assertEquals(
        List.of(),
        SAMPLES.keySet().stream().filter(kind -> !KindFields.tables().containsKey(kind)).toList());
  }

  @org.junit.jupiter.api.Test
  void generatedObjectsAreRight() {
    List<Defect> defects = new ArrayList<>();
    SAMPLES.values().forEach(sample -> defects.addAll(inspection.defects(sample)));
    assertEquals(List.of(), defects);
  }
}
