package io.gops.plan.proof;

import java.util.ArrayList;
import java.util.List;

/// Lists with one thing changed.
final class ListEdits {
  private ListEdits() {}

  static <T> List<T> without(List<T> list, int at) {
    List<T> fewer = new ArrayList<>(list);
    fewer.remove(at);
    return fewer;
  }

  static <T> List<T> replaced(List<T> list, int at, T item) {
    List<T> other = new ArrayList<>(list);
    other.set(at, item);
    return other;
  }

  static <T> List<T> inserted(List<T> list, T item) {
    List<T> more = new ArrayList<>(list);
    more.add(item);
    return more;
  }

  static <T> List<T> moved(List<T> list, int from, int to) {
    List<T> other = new ArrayList<>(list);
    other.add(to, other.remove(from));
    return other;
  }
}
