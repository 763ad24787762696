package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Spelling;
import io.gops.fleet.Container;
import io.gops.fleet.Game;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Image;
import io.gops.fleet.Role;
import io.gops.fleet.Secret;
import io.gops.fleet.Version;
import io.gops.schema.Target;
import io.gops.source.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes games with their roles and versions.
final class Games {
  /// Where a Secret of type `kubernetes.io/dockerconfigjson` has its login.
  private static final String LOGIN_KEY = ".dockerconfigjson";

  private final Problems problems;
  private final References references;
  private final Defaults defaults;
  private final SortedMap<String, Secret> secrets;
  private final Roles roles;

  Games(
      Problems problems,
      References references,
      Defaults defaults,
      SortedMap<String, Secret> secrets) {
    this.problems = problems;
    this.references = references;
    this.defaults = defaults;
    this.secrets = secrets;
    this.roles = new Roles(problems, references, secrets);
  }

  SortedMap<String, Game> games(List<Attributes> blocks) {
    SortedMap<String, Game> games = new TreeMap<>();
    blocks.forEach(block -> games.put(block.block().label(), game(block)));
    return games;
  }

  private Game game(Attributes game) {
    String name = game.block().label();
    if (game.block().damaged() && game.children("version").isEmpty()) {
      problems.suspects().nameless("version");
    }
    Block plain = without(game.block(), "version");
    return new Game(
        name,
        game.text("display").orElse(name),
        game.text("owner").orElse(""),
        game.text("namespace").orElse(name),
        roles(plain),
        versions(game.block(), plain),
        new Alerts(problems).alerts(game),
        game.origins());
  }

  private static Block without(Block block, String word) {
    List<Block> rest = block.children().stream().filter(c -> !c.word().equals(word)).toList();
    return block.with(block.fields(), rest, block.damaged());
  }

  private SortedMap<String, Role> roles(Block game) {
    SortedMap<String, Role> found = new TreeMap<>();
    List<Block> written = game.children("role");
    List<String> pulling = pullSecrets(new Attributes(game, defaults));
    if (written.isEmpty()) {
      Role only = roles.role(new Attributes(game, defaults), implicitName(game), true, pulling);
      found.put(only.name(), only);
      return found;
    }
    for (Block child : game.children()) {
      if (!child.word().equals("role") && !child.word().equals("alert")) {
        problems.report(
            Diagnostic.of(Code.GOPS2039, child.word(), "game " + game.label() + " with roles")
                .at(child.place())
                .hint("role"));
      }
    }
    for (Block role : written) {
      Attributes attributes = new Attributes(role, defaults);
      found.put(role.label(), roles.role(attributes, role.label(), false, pulling));
    }
    return found;
  }

  /// The secrets with which images are pulled. Kubernetes passes over one without a login and says
  /// nothing of it.
  private List<String> pullSecrets(Attributes game) {
    List<String> named =
        references.resolveAll(game, "pull_secret", Target.SECRET, secrets.keySet());
    for (String name : named) {
      Secret secret = secrets.get(name);
      if (secret != null && !secret.keys().isEmpty() && !secret.keys().contains(LOGIN_KEY)) {
        problems.report(
            Diagnostic.of(Code.GOPS2066, name, LOGIN_KEY)
                .at(game.place("pull_secret"))
                .related(secret.origins().place("keys"), "related", name)
                .hint("hint", LOGIN_KEY));
      }
    }
    return named;
  }

  /// The only role is called like its first container, for messages.
  private static String implicitName(Block game) {
    return game.children("container").stream().findFirst().map(Block::label).orElse("server");
  }

  private SortedMap<String, Version> versions(Block game, Block plain) {
    SortedMap<String, Block> written = new TreeMap<>();
    game.children("version").forEach(version -> written.put(version.label(), version));
    SortedMap<String, Version> versions = new TreeMap<>();
    for (Block version : written.values()) {
      List<Block> line = line(version, written);
      versions.put(version.label(), version(version, line, plain));
    }
    return versions;
  }

  /// A version and the ones it was written from, oldest first.
  private List<Block> line(Block version, SortedMap<String, Block> written) {
    List<Block> line = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Optional<Block> current = Optional.of(version);
    while (current.isPresent()) {
      Block here = current.get();
      if (!seen.add(here.label())) {
        circle(here, written);
        break;
      }
      line.addFirst(here);
      current =
          here.base()
              .filter(
                  base ->
                      references.exists(
                          base.name(), Optional.of(base.place()), Target.VERSION, written.keySet()))
              .map(base -> written.get(base.name()));
    }
    return line;
  }

  /// Reports a circle of versions once, at the one that comes first by name.
  private void circle(Block member, SortedMap<String, Block> written) {
    TreeMap<String, Block> members = new TreeMap<>();
    Optional<Block> current = Optional.of(member);
    while (current.isPresent() && members.put(current.get().label(), current.get()) == null) {
      current = current.get().base().map(base -> written.get(base.name()));
    }
    Block first = members.firstEntry().getValue();
    problems.report(
        Diagnostic.of(Code.GOPS2052, first.label()).at(first.base().map(Block.Base::place)));
  }

  private Version version(Block version, List<Block> line, Block plain) {
    Block effective = plain;
    SortedMap<String, Image> images = new TreeMap<>();
    for (Block step : line) {
      effective = Merge.version(effective, step);
      step.fields()
          .forEach(
              (name, field) -> {
                if (!step.kind().attributes().containsKey(name)) {
                  Attributes.constant(field.value())
                      .ifPresent(text -> images.put(name, Image.parse(text)));
                }
              });
    }
    SortedMap<String, Role> found = roles(effective);
    boolean readable =
        line.stream().noneMatch(this::unreadable)
            && !unreadable(plain)
            && line.getFirst().base().isEmpty();
    if (readable) {
      checkImages(version, line, found);
    }
    return new Version(
        version.label(), version.base().map(Block.Base::name), images, found, version.origins());
  }

  private boolean unreadable(Block block) {
    return block.damaged()
        || block.declaration().place().filter(problems.suspects()::inside).isPresent();
  }

  private void checkImages(Block version, List<Block> line, SortedMap<String, Role> found) {
    Set<String> containers = new TreeSet<>();
    for (Role role : found.values()) {
      role.containers().forEach(container -> containers.add(container.name()));
      role.hotUpdates().forEach(sidecar -> containers.add(sidecar.name()));
    }
    Set<String> named = new TreeSet<>();
    line.forEach(step -> named.addAll(step.fields().keySet()));
    boolean stranger = false;
    for (var field : version.fields().entrySet()) {
      if (!containers.contains(field.getKey())
          && !version.kind().attributes().containsKey(field.getKey())) {
        stranger = true;
        strangeImage(version, field.getKey(), field.getValue().origin().place(), containers);
      }
    }
    boolean inherited =
        line.size() > 1
            && line.subList(0, line.size() - 1).stream()
                .anyMatch(
                    step -> step.fields().keySet().stream().anyMatch(n -> !containers.contains(n)));
    if (!stranger && !inherited) {
      containers.stream()
          .filter(container -> !named.contains(container))
          .forEach(container -> lacksImage(version, container, found, named));
    }
  }

  /// An image of nearly that name is there: whoever uses the other name means the same container.
  private void lacksImage(
      Block version, String container, SortedMap<String, Role> roles, Set<String> images) {
    Diagnostic.Builder problem = Diagnostic.of(Code.GOPS2042, version.label(), container);
    Optional<String> meant = Spelling.nearest(container, images);
    if (meant.isEmpty()) {
      problems.report(problem.at(version.place()).hint("hint", container));
      return;
    }
    Optional<Place> place = version.place();
    for (Role role : roles.values()) {
      for (Container misnamed : role.containers()) {
        if (misnamed.name().equals(container)) {
          place = misnamed.origins().place();
          misnamed.ports().forEach(port -> problems.suspects().words(port.name()));
        }
      }
      for (HotUpdate misnamed : role.hotUpdates()) {
        place = misnamed.name().equals(container) ? misnamed.origins().place() : place;
      }
    }
    references.unresolved(meant.get(), place, problem.at(place).hint("meant", meant.get()));
  }

  private void strangeImage(
      Block version, String name, Optional<Place> place, Set<String> containers) {
    Diagnostic.Builder problem = Diagnostic.of(Code.GOPS2043, version.label(), name).at(place);
    Optional<String> meant = Spelling.nearest(name, containers);
    if (meant.isPresent()) {
      problem.hint("meant", meant.get());
    } else {
      problem.hint("known", Names.list(containers));
    }
    if (!problems.suspects().isNameless("container")
        && !problems.suspects().isNameless("hot_update")) {
      references.unresolved(name, place, problem);
    }
  }
}
