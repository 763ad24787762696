package io.gops.schema;

import java.util.regex.Pattern;

/// What a string must look like, where its later use leaves no choice.
///
/// Groups that repeat without a bound do so possessively (`*+`): the others take a stack frame for
/// each repetition, and a string may be as long as a file.
public enum TextShape {
  ANY("a string", ".*"),
  NOT_EMPTY("a string that is not empty", "(?s).+"),
  /// What a person says in one line; becomes a field of files that know lines and tabs.
  SENTENCE("a line of text, at most 300 characters", "[^\\x00-\\x1f\\x7f]{1,300}"),
  /// RFC 1123 label: the name of most Kubernetes objects.
  DNS_LABEL(
      "lower-case letters, digits and '-', at most 63, beginning and ending with a letter or digit",
      "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"),
  /// RFC 1123 subdomain: the name of a node.
  DNS_SUBDOMAIN(
      "lower-case letters, digits, '-' and '.', at most 253",
      "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"),
  /// RFC 6335 service name: the name of a container port.
  PORT_NAME(
      "lower-case letters, digits and '-', at most 15, with a letter, no '-' at an end or doubled",
      "(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*"),
  /// Name of an environment variable.
  VARIABLE("letters, digits and '_', not beginning with a digit", "[A-Za-z_][A-Za-z0-9_]*"),
  ABSOLUTE_PATH("an absolute path such as \"/srv/game\"", "/[^\\x00-\\x1f]*"),
  /// A file in a container; kept short enough for a key of a ConfigMap.
  FILE_PATH(
      "the absolute path of a file such as \"/srv/game/server.conf\"",
      "(?=.{2,1024}$)(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]{1,128})++"),
  /// Folder inside a volume.
  FOLDER(
      "a folder such as \"/save\", without `.` and `..`", "(/(?!\\.\\.?(/|$))[^/\\x00-\\x1f]++)++"),
  /// Key of a Secret, which may become the name of a file.
  SECRET_KEY(
      "letters, digits, '-', '_' and '.', at most 253", "(?!\\.{1,2}$)[-._a-zA-Z0-9]{1,253}"),
  /// Kind of a Kubernetes object.
  OBJECT_KIND("the kind of an object such as Pod", "[A-Z][A-Za-z]{0,62}"),
  /// A container image; whether it has a digest is judged elsewhere.
  IMAGE(
      "an image such as \"registry.example.com/clx/engine:1.8.3@sha256:…\"",
      "[a-z0-9]+([._-]+[a-z0-9]+)*+(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*+)*+"
          + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?"),
  /// What a tag, a directory or a label value may hold.
  VERSION(
      "letters, digits, '.', '_' and '-', at most 63",
      "[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"),
  URL("a URL such as \"https://etcd-1.example.com:2379\"", "https?://[^\\s\\x00-\\x1f]+"),
  /// Days of a calendar.
  DATES(
      "a day such as \"2027-02-17\", or the first and the last as \"2027-02-15..2027-02-21\"",
      "[0-9]{4}-[0-9]{2}-[0-9]{2}(\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2})?"),
  TIME_ZONE("a time zone such as \"Asia/Shanghai\"", "[A-Za-z0-9_+/-]+"),
  /// A folder in a checkout or volume, without anything that a shell or a template engine reads.
  RELATIVE_FOLDER(
      "a folder such as \"fleets/wuxia\", without `..`",
      "(?=.{1,200}$)(\\.|(?!\\.)[A-Za-z0-9._-]+(/(?!\\.)[A-Za-z0-9._-]+)*+)"),
  /// A branch of git.
  BRANCH(
      "a branch such as \"main\"",
      "(?=.{1,200}$)(?!.*\\.lock$)[A-Za-z0-9_][A-Za-z0-9_-]*+([./][A-Za-z0-9_-]++)*+"),
  /// Scheme, host, port and path, without what a template engine reads.
  ENDPOINT(
      "an address such as \"http://prometheus:9090\"",
      "https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]{0,200})?"),
  /// One name of the allowed signers of OpenSSH, which takes `*`, `?`, `!` and `,` for patterns.
  SIGNER("a name or address such as \"li.lei@example.com\"", "[A-Za-z0-9][A-Za-z0-9._%+@-]{0,127}"),
  /// A line of `id_ed25519.pub`.
  PUBLIC_KEY(
      "a public key of OpenSSH such as \"ssh-ed25519 AAAA…\"",
      "(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\\.com"
          + "|sk-ecdsa-sha2-nistp256@openssh\\.com) [A-Za-z0-9+/]{32,4096}={0,3}( [^\\x00-\\x1f]{0,200})?"),
  /// Name of a Prometheus metric.
  METRIC("the name of a metric such as \"players_online\"", "[a-zA-Z_:][a-zA-Z0-9_:]{0,127}"),
  /// Five fields of cron; a name of a day or month is not one, for they differ by program.
  CRON(
      "minute, hour, day of month, month and day of week such as \"30 4 * * *\"",
      "[0-9*,/-]{1,64}( [0-9*,/-]{1,64}){4}"),
  RELEASE_NUMBER("a version such as \"1.34\"", "[0-9]+(\\.[0-9]+){1,2}"),
  KEY_PREFIX("a key prefix such as \"/clx/zones/\"", "/([A-Za-z0-9._-]+/)*+"),
  /// Folder pattern of an include list.
  FILES("a file or pattern such as \"games/*.gops\"", "[^\\x00-\\x1f\\\\]+\\.gops");

  private final String description;
  private final Pattern pattern;

  TextShape(String description, String pattern) {
    this.description = description;
    this.pattern = Pattern.compile(pattern);
  }

  /// The rule as part of a sentence.
  public String description() {
    return description;
  }

  public boolean matches(String text) {
    return pattern.matcher(text).matches();
  }
}
