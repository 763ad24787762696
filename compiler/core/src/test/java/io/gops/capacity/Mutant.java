package io.gops.capacity;

import io.gops.json.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A JSON value with one thing in it changed.
///
/// @param field path of the change, without the indices of lists
/// @param what how it was changed
record Mutant(String field, String what, Json json) {
  /// Every change of one member: each is left out; numbers get smaller and larger, a little and a
  /// lot; words become others; items of lists are left out or doubled.
  static List<Mutant> of(Json json) {
    List<Mutant> mutants = new ArrayList<>();
    change(json, "", UnaryOperator.identity(), mutants);
    return mutants;
  }

  private static void change(
      Json json, String field, UnaryOperator<Json> around, List<Mutant> mutants) {
    switch (json) {
      case Json.Obj(SortedMap<String, Json> members) ->
          members.forEach(
              (name, value) -> {
                SortedMap<String, Json> without = new TreeMap<>(members);
                without.remove(name);
                String path = field + "." + name;
                mutants.add(new Mutant(path, "left out", around.apply(new Json.Obj(without))));
                change(
                    value,
                    path,
                    changed -> {
                      SortedMap<String, Json> others = new TreeMap<>(members);
                      others.put(name, changed);
                      return around.apply(new Json.Obj(others));
                    },
                    mutants);
              });
      case Json.Arr(List<Json> items) -> items(items, field, around, mutants);
      case Json.Num(String digits) -> numbers(new BigInteger(digits), field, around, mutants);
      case Json.Text(String text) -> {
        for (String other : words(text)) {
          mutants.add(new Mutant(field, text + " -> " + other, around.apply(new Json.Text(other))));
        }
      }
      case Json.Bool _, Json.Null _ -> {}
    }
  }

  private static void items(
      List<Json> items, String field, UnaryOperator<Json> around, List<Mutant> mutants) {
    for (int i = 0; i < items.size(); i++) {
      int index = i;
      List<Json> fewer = new ArrayList<>(items);
      fewer.remove(index);
      mutants.add(new Mutant(field, "without " + i, around.apply(new Json.Arr(fewer))));
      List<Json> more = new ArrayList<>(items);
      more.add(items.get(index));
      mutants.add(new Mutant(field, "twice " + i, around.apply(new Json.Arr(more))));
      change(
          items.get(index),
          field,
          changed -> {
            List<Json> others = new ArrayList<>(items);
            others.set(index, changed);
            return around.apply(new Json.Arr(others));
          },
          mutants);
    }
  }

  private static void numbers(
      BigInteger number, String field, UnaryOperator<Json> around, List<Mutant> mutants) {
    for (BigInteger other :
        List.of(
            number.subtract(BigInteger.ONE),
            number.add(BigInteger.ONE),
            BigInteger.ZERO,
            number.shiftRight(1),
            number.add(BigInteger.valueOf(50)),
            number.shiftLeft(4))) {
      if (!other.equals(number)) {
        mutants.add(
            new Mutant(
                field, number + " -> " + other, around.apply(new Json.Num(other.toString()))));
      }
    }
  }

  private static List<String> words(String text) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "",
                "elsewhere",
                "h00000",
                "h00001",
                "h00002",
                "r0",
                "10001",
                "10002",
                "active",
                "draining",
                "failed",
                "packed",
                "exclusive",
                "cpu",
                "memory",
                "cut-over",
                "reload",
                "requests"));
    words.remove(text);
    return words;
  }
}
