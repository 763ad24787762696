package io.gops.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a field of a Kubernetes object holds, as the published model says.
sealed interface ObjectType {
  record Text() implements ObjectType {}

  record Whole() implements ObjectType {}

  record Flag() implements ObjectType {}

  record WholeOrText() implements ObjectType {}

  /// `500m`, `2Gi`.
  record Amount() implements ObjectType {}

  record Elements(ObjectType element) implements ObjectType {}

  /// Members of any name.
  record Names(ObjectType member) implements ObjectType {}

  record Fields(SortedMap<String, ObjectType> fields) implements ObjectType {}

  /// An object of the published model.
  record Model(Class<?> type) implements ObjectType {}

  /// The fields of an object; absent for what is none.
  default Optional<SortedMap<String, ObjectType>> fieldTypes() {
    return switch (this) {
      case Fields(SortedMap<String, ObjectType> fields) -> Optional.of(fields);
      case Model(Class<?> type) -> Optional.of(ofModel(type));
      case Text _, Whole _, Flag _, WholeOrText _, Amount _, Elements _, Names _ ->
          Optional.empty();
    };
  }

  private static SortedMap<String, ObjectType> ofModel(Class<?> type) {
    SortedMap<String, ObjectType> fields = new TreeMap<>();
    for (Field field : type.getDeclaredFields()) {
      JsonProperty property = field.getAnnotation(JsonProperty.class);
      if (property != null) {
        fields.put(property.value(), of(field.getGenericType()));
      }
    }
    return fields;
  }

  private static ObjectType of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Class<?> raw = (Class<?>) generic.getRawType();
      return Collection.class.isAssignableFrom(raw)
          ? new Elements(of(arguments[0]))
          : new Names(of(arguments[1]));
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return new Text();
    }
    if (plain == Boolean.class) {
      return new Flag();
    }
    if (plain == Integer.class || plain == Long.class) {
      return new Whole();
    }
    if (plain == IntOrString.class) {
      return new WholeOrText();
    }
    return plain == Quantity.class ? new Amount() : new Model(plain);
  }

  /// For the message that something else was written.
  default String describe() {
    return switch (this) {
      case Text _ -> "a string";
      case Whole _ -> "a whole number";
      case Flag _ -> "true or false";
      case WholeOrText _ -> "a whole number or a string";
      case Amount _ -> "an amount such as 500mcores or 2Gi";
      case Elements(ObjectType element) -> "a list, each " + element.describe();
      case Names(ObjectType member) -> "a block of names, each " + member.describe();
      case Fields _, Model _ -> "a block of fields";
    };
  }

  /// The type of the elements of a list.
  static ObjectType element(ObjectType list) {
    return list instanceof Elements(ObjectType element) ? element : new Text();
  }
}
