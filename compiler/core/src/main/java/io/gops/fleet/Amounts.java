package io.gops.fleet;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongBinaryOperator;

/// Amounts of some resources in base units; what is not named is 0 as a demand and unlimited as a
/// capacity.
public final class Amounts {
  public static final Amounts NONE = new Amounts(Map.of());

  private final EnumMap<Resource, Long> values = new EnumMap<>(Resource.class);

  public Amounts(Map<Resource, Long> values) {
    this.values.putAll(values);
  }

  public static Amounts of(Resource resource, long amount) {
    return new Amounts(Map.of(resource, amount));
  }

  /// The amount of a resource, 0 when it is not named.
  public long get(Resource resource) {
    return values.getOrDefault(resource, 0L);
  }

  public boolean has(Resource resource) {
    return values.containsKey(resource);
  }

  /// The named resources in their declared order.
  public Set<Resource> resources() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /// A copy in which one resource has another amount.
  public Amounts with(Resource resource, long amount) {
    EnumMap<Resource, Long> copy = new EnumMap<>(values);
    copy.put(resource, amount);
    return new Amounts(copy);
  }

  /// Sum by resource; overflow is an [ArithmeticException].
  public Amounts plus(Amounts other) {
    return merge(other, Math::addExact);
  }

  /// By how much this is more than another by resource; what is not more is not named.
  public Amounts minus(Amounts other) {
    EnumMap<Resource, Long> more = new EnumMap<>(Resource.class);
    values.forEach(
        (resource, amount) -> {
          if (amount > other.get(resource)) {
            more.put(resource, amount - other.get(resource));
          }
        });
    return new Amounts(more);
  }

  /// Larger of the two by resource.
  public Amounts max(Amounts other) {
    return merge(other, Math::max);
  }

  /// Product of every amount with a count; overflow is an [ArithmeticException].
  public Amounts times(long count) {
    EnumMap<Resource, Long> copy = new EnumMap<>(Resource.class);
    values.forEach((resource, amount) -> copy.put(resource, Math.multiplyExact(amount, count)));
    return new Amounts(copy);
  }

  private Amounts merge(Amounts other, LongBinaryOperator operator) {
    EnumMap<Resource, Long> copy = new EnumMap<>(values);
    for (Map.Entry<Resource, Long> entry : other.values.entrySet()) {
      copy.put(entry.getKey(), operator.applyAsLong(get(entry.getKey()), entry.getValue()));
    }
    return new Amounts(copy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Amounts amounts && amounts.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /// `cpu 2cores, memory 6Gi`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (resource, amount) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(resource.word())
                .append(' ')
                .append(resource.print(amount)));
    return text.toString();
  }
}
