package io.gops.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/// Turns objects of the published Kubernetes model into trees that the YAML writer takes.
final class TypedObjects {
  private final ObjectMapper mapper = new ObjectMapper();

  /// Fields in the order of the model, which is fixed.
  Map<String, Object> tree(Object typed) {
    return mapper.convertValue(typed, new TypeReference<>() {});
  }
}
