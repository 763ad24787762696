package io.gops.kubernetes.inspection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.regex.Pattern;

/// How a text of an object is spelled; from `k8s.io/apimachinery/pkg/util/validation` where it is
/// not said otherwise.
enum Form {
  /// Of anything that has a host name or stands in one.
  DNS_LABEL(
      "lower-case letters, digits and '-', at most 63, beginning and ending with a letter or digit"),
  /// Of most objects.
  DNS_SUBDOMAIN("lower-case letters, digits, '-' and '.', at most 253"),
  /// Of a Service: RFC 1035, so it begins with a letter.
  SERVICE_NAME("lower-case letters, digits and '-', at most 63, beginning with a letter"),
  /// Of a GameServerSet: with its revision it becomes the value of a label.
  SET_NAME("lower-case letters, digits and '-', at most 52"),
  LABEL_KEY("the name of a label"),
  LABEL_VALUE("the value of a label"),
  /// Of the quality of a service: it becomes the name of a label.
  QUALITY_NAME("letters, digits, '-', '_' and '.', at most 63"),
  PORT_NAME("lower-case letters, digits and '-', at most 15, with a letter"),
  VARIABLE("the name of an environment variable"),
  DATA_KEY("letters, digits, '-', '_' and '.', at most 253"),
  QUANTITY("an amount such as 500m or 2Gi"),
  CIDR("an address prefix"),
  ADDRESS("an IP address"),
  IMAGE("the name of an image"),
  ABSOLUTE_PATH("an absolute path"),
  /// Below a folder, and nothing that leads out of it.
  INNER_PATH("a path inside a folder"),
  PERCENT("a share from 1% to 100%"),
  /// As Prometheus writes it: the largest unit first, each at most once.
  DURATION("a duration such as 30s or 1h30m"),
  JSON("JSON"),
  /// Anything but nothing.
  TEXT("a text");

  private static final Pattern AMOUNT =
      Pattern.compile("\\d+(\\.\\d+)?(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\\d+)?");
  private static final Pattern VARIABLE_NAME = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");
  private static final Pattern TIME =
      Pattern.compile("(?=\\d)(\\d+y)?(\\d+w)?(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?");
  private static final Pattern SHARE = Pattern.compile("([1-9]\\d?|100)%");

  /// The grammar of `distribution/reference`, without what it says of lengths.
  private static final Pattern REFERENCE =
      Pattern.compile(
          "([a-zA-Z0-9.-]+(:\\d+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*"
              + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?");

  private static final JsonFactory JSON_TEXTS = new JsonFactory();

  private final String description;

  Form(String description) {
    this.description = description;
  }

  /// In a person's words.
  String description() {
    return description;
  }

  boolean fits(String text) {
    return switch (this) {
      case DNS_LABEL -> isDnsLabel(text);
      case DNS_SUBDOMAIN -> isDnsSubdomain(text);
      case SERVICE_NAME -> isDnsLabel(text) && isLowerCase(text.charAt(0));
      case SET_NAME -> isDnsLabel(text) && text.length() <= 52;
      case LABEL_KEY -> isLabelKey(text);
      case LABEL_VALUE -> text.isEmpty() || isLabelName(text);
      case QUALITY_NAME -> isLabelName(text);
      case PORT_NAME -> isPortName(text);
      case VARIABLE -> VARIABLE_NAME.matcher(text).matches();
      case DATA_KEY -> isDataKey(text);
      case QUANTITY -> AMOUNT.matcher(text).matches();
      case CIDR -> Prefix.of(text).isPresent();
      case ADDRESS -> Prefix.ofAddress(text).isPresent();
      case IMAGE -> REFERENCE.matcher(text).matches();
      case ABSOLUTE_PATH -> text.startsWith("/") && isPath(text) && text.indexOf(':') < 0;
      case INNER_PATH -> !text.isEmpty() && !text.startsWith("/") && isPath(text);
      case PERCENT -> SHARE.matcher(text).matches();
      case DURATION -> TIME.matcher(text).matches();
      case JSON -> isJson(text);
      case TEXT -> !text.isEmpty();
    };
  }

  private static boolean isDnsLabel(String text) {
    int length = text.length();
    if (length == 0 || length > 63 || text.charAt(0) == '-' || text.charAt(length - 1) == '-') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (!isLowerCase(c) && !isDigit(c) && c != '-') {
        return false;
      }
    }
    return true;
  }

  /// Labels of a subdomain are not bounded, only the whole is.
  private static boolean isDnsSubdomain(String text) {
    if (text.length() > 253) {
      return false;
    }
    for (String label : text.split("\\.", -1)) {
      if (label.isEmpty()
          || label.charAt(0) == '-'
          || label.charAt(label.length() - 1) == '-'
          || !label.chars().allMatch(c -> isLowerCase(c) || isDigit(c) || c == '-')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLabelKey(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? isLabelName(text)
        : isDnsSubdomain(text.substring(0, slash)) && isLabelName(text.substring(slash + 1));
  }

  private static boolean isLabelName(String text) {
    int length = text.length();
    if (length == 0 || length > 63) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean inside = i > 0 && i < length - 1;
      if (!isAlphanumeric(c) && !(inside && (c == '-' || c == '_' || c == '.'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPortName(String text) {
    return text.length() <= 15
        && isDnsLabel(text)
        && !text.contains("--")
        && text.chars().anyMatch(Form::isLowerCase);
  }

  private static boolean isDataKey(String text) {
    return !text.isEmpty()
        && text.length() <= 253
        && !text.equals(".")
        && !text.startsWith("..")
        && text.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == '_' || c == '.');
  }

  private static boolean isPath(String text) {
    for (String name : text.split("/", -1)) {
      if (name.equals("..")) {
        return false;
      }
    }
    return true;
  }

  private static boolean isJson(String text) {
    try (JsonParser parser = JSON_TEXTS.createParser(text)) {
      boolean something = parser.nextToken() != null;
      parser.skipChildren();
      return something && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isAlphanumeric(int c) {
    return isLowerCase(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isLowerCase(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
