package io.gops.fleet;

import java.util.Optional;

/// A container image.
///
/// @param repository with registry, `registry.example.com/clx/engine`
/// @param tag absent when only the digest is given
/// @param digest `sha256:…`
public record Image(String repository, Optional<String> tag, Optional<String> digest) {
  /// Splits `repository[:tag][@digest]`; does not judge it.
  public static Image parse(String reference) {
    int at = reference.indexOf('@');
    Optional<String> digest = at < 0 ? Optional.empty() : Optional.of(reference.substring(at + 1));
    String name = at < 0 ? reference : reference.substring(0, at);
    int colon = name.lastIndexOf(':');
    boolean tagged = colon > name.lastIndexOf('/');
    return new Image(
        tagged ? name.substring(0, colon) : name,
        tagged ? Optional.of(name.substring(colon + 1)) : Optional.empty(),
        digest);
  }

  /// Whether the repository names its registry; without one a runtime completes it.
  public boolean namesRegistry() {
    int slash = repository.indexOf('/');
    String first = slash < 0 ? "" : repository.substring(0, slash);
    return first.contains(".") || first.contains(":") || first.equals("localhost");
  }

  /// The repository as container runtimes complete it: `nginx` is `docker.io/library/nginx`.
  public String completeRepository() {
    String complete = namesRegistry() ? repository : "docker.io/" + repository;
    String hub = complete.replaceFirst("^(index|registry-1)\\.docker\\.io/", "docker.io/");
    return hub.replaceFirst("^docker\\.io/([^/]+)$", "docker.io/library/$1");
  }

  /// `repository:tag@digest`.
  @Override
  public String toString() {
    return repository + tag.map(t -> ":" + t).orElse("") + digest.map(d -> "@" + d).orElse("");
  }
}
