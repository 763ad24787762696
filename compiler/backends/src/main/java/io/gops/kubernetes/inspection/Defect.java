package io.gops.kubernetes.inspection;

/// One thing that is wrong with a generated object.
///
/// @param object kind, namespace and name: `GameServerSet wuxia/clx-10001-a`
/// @param path of the field in it; empty for the object as a whole
/// @param found what stands there
/// @param wanted what must stand there
public record Defect(String object, String path, String found, String wanted) {
  @Override
  public String toString() {
    String place = path.isEmpty() ? object : object + " " + path;
    return place + " is " + found + ", but must be " + wanted;
  }
}
