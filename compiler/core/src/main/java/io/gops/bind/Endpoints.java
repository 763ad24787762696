package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Container;
import io.gops.fleet.Endpoint;
import io.gops.fleet.ExternalService;
import io.gops.fleet.Game;
import io.gops.fleet.Port;
import io.gops.fleet.Ports;
import io.gops.fleet.Role;
import io.gops.fleet.Side;
import io.gops.fleet.Vpc;
import io.gops.fleet.ZoneSet;
import io.gops.source.Place;
import io.gops.syntax.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Resolves the two ends of rules: `internet`, `clx.engine:client`, `clx.gate.a`, `clx-main.b`,
/// `db:3306`, `vpc.wuxia`.
final class Endpoints {
  private static final String INTERNET = "internet";
  private static final String VPC = "vpc";

  private final Problems problems;
  private final References references;
  private final SortedMap<String, Game> games;
  private final SortedMap<String, ZoneSet> sets;
  private final SortedMap<String, ExternalService> services;
  private final SortedMap<String, Vpc> vpcs;

  Endpoints(
      Problems problems,
      References references,
      SortedMap<String, Game> games,
      SortedMap<String, ZoneSet> sets,
      SortedMap<String, ExternalService> services,
      SortedMap<String, Vpc> vpcs) {
    this.problems = problems;
    this.references = references;
    this.games = games;
    this.sets = sets;
    this.services = services;
    this.vpcs = vpcs;
  }

  /// What `servers` means in the policies of this fleet.
  ServersWord serversWord() {
    return new ServersWord(
        name -> games.containsKey(name) || sets.containsKey(name) || services.containsKey(name),
        sets.values());
  }

  /// An endpoint with the ports that its name opens up.
  ///
  /// @param declared ports that may be named behind it
  /// @param closed whether a number must be one of them
  record Resolved(Endpoint endpoint, List<Port> declared, boolean closed) {}

  /// The endpoint; absent after a report.
  Optional<Resolved> resolve(io.gops.syntax.Endpoint written, Scope scope) {
    Path path = written.path();
    String text = path.text();
    String head = path.head();
    int size = path.segments().size();
    if (size == 1 && head.equals(INTERNET)) {
      return Optional.of(new Resolved(new Endpoint.Internet(text), List.of(), false));
    }
    if (size == 2 && head.equals(VPC)) {
      String name = path.segments().getLast().text();
      return references.exists(name, Optional.of(scope.place(path)), VPC, vpcs.keySet())
          ? Optional.of(new Resolved(new Endpoint.WholeVpc(text, name), List.of(), false))
          : Optional.empty();
    }
    if (games.containsKey(head)) {
      return servers(path, games.get(head), Optional.empty(), scope);
    }
    ZoneSet set = sets.get(head);
    if (set != null) {
      Game game = games.get(set.body().game());
      return game == null ? Optional.empty() : servers(path, game, Optional.of(set), scope);
    }
    ExternalService service = services.get(head);
    if (size == 1 && service != null) {
      return Optional.of(
          new Resolved(
              new Endpoint.Service(text, head), service.ports(), !service.ports().isEmpty()));
    }
    Optional<Place> place = Optional.of(scope.place(path.segments().getFirst()));
    if (!problems.suspects().isNameless("endpoint")) {
      references.unresolved(head, place, references.unknown(head, place, "endpoint", names()));
    }
    return Optional.empty();
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>(games.keySet());
    names.addAll(sets.keySet());
    names.addAll(services.keySet());
    names.add(INTERNET);
    vpcs.keySet().forEach(vpc -> names.add(VPC + "." + vpc));
    return names;
  }

  /// What the segments behind a game or zones declaration narrow it to.
  private static final class Narrowed {
    private Optional<Role> role = Optional.empty();
    private Optional<Container> container = Optional.empty();
    private Optional<Side> side = Optional.empty();
  }

  private Optional<Resolved> servers(Path path, Game game, Optional<ZoneSet> set, Scope scope) {
    Narrowed narrowed = new Narrowed();
    for (Path.Segment segment : path.segments().subList(1, path.segments().size())) {
      if (!narrow(narrowed, segment.text(), game)) {
        Optional<Place> place = Optional.of(scope.place(segment));
        String what = "role, container or side of " + path.head();
        references.exists(segment.text(), place, what, parts(game));
        return Optional.empty();
      }
    }
    Optional<String> role = narrowed.role.map(Role::name);
    Endpoint endpoint =
        set.isPresent()
            ? new Endpoint.ZoneServers(path.text(), set.get().name(), role, narrowed.side)
            : new Endpoint.Servers(path.text(), game.name(), role, narrowed.side);
    return Optional.of(new Resolved(endpoint, ports(game, narrowed), true));
  }

  private static boolean narrow(Narrowed narrowed, String word, Game game) {
    if (narrowed.side.isPresent()) {
      return false;
    }
    if (narrowed.role.isEmpty() && narrowed.container.isEmpty()) {
      Optional<Role> role =
          game.roles().values().stream()
              .filter(r -> !r.implicit() && r.name().equals(word))
              .findFirst();
      if (role.isPresent()) {
        narrowed.role = role;
        return true;
      }
    }
    if (narrowed.container.isEmpty()) {
      List<Role> candidates =
          narrowed.role.isPresent()
              ? List.of(narrowed.role.get())
              : game.roles().values().stream().filter(Role::implicit).toList();
      for (Role role : candidates) {
        Optional<Container> container = role.container(word);
        if (container.isPresent()) {
          narrowed.role = Optional.of(role);
          narrowed.container = container;
          return true;
        }
      }
    }
    narrowed.side = Stream.of(Side.values()).filter(side -> side.label().equals(word)).findFirst();
    return narrowed.side.isPresent();
  }

  private static List<String> parts(Game game) {
    List<String> parts = new ArrayList<>(List.of("a", "b"));
    for (Role role : game.roles().values()) {
      if (role.implicit()) {
        role.containers().forEach(container -> parts.add(container.name()));
      } else {
        parts.add(role.name());
      }
    }
    return parts;
  }

  private static List<Port> ports(Game game, Narrowed narrowed) {
    if (narrowed.container.isPresent()) {
      return narrowed.container.get().ports();
    }
    return narrowed
        .role
        .map(Stream::of)
        .orElse(game.roles().values().stream())
        .flatMap(role -> role.containers().stream())
        .flatMap(container -> container.ports().stream())
        .toList();
  }

  /// The ports behind the colon of an endpoint; absent after a report.
  ///
  /// A number that nothing declares means that number in both protocols.
  Optional<Ports> ports(Resolved resolved, Optional<io.gops.syntax.Port> written, Scope scope) {
    if (written.isEmpty()) {
      return Optional.of(Ports.ANY);
    }
    List<Ports.Match> matches =
        switch (written.get()) {
          case io.gops.syntax.Port.Named(_, String name) ->
              matches(resolved.declared().stream().filter(port -> port.name().equals(name)));
          case io.gops.syntax.Port.Numbers(_, long first, long last) -> {
            List<Ports.Match> declared =
                matches(
                    resolved.declared().stream()
                        .filter(port -> port.number() >= first && port.number() <= last));
            yield declared.isEmpty() && !resolved.closed() ? anyProtocol(first, last) : declared;
          }
        };
    if (matches.isEmpty()) {
      unknownPort(resolved, written.get(), scope);
      return Optional.empty();
    }
    return Optional.of(new Ports(false, matches));
  }

  private static List<Ports.Match> matches(Stream<Port> ports) {
    return ports.map(port -> new Ports.Match(port.protocol(), port.number())).distinct().toList();
  }

  private static List<Ports.Match> anyProtocol(long first, long last) {
    List<Ports.Match> matches = new ArrayList<>();
    for (long number = Math.max(1, first); number <= Math.min(65_535, last); number++) {
      matches.add(new Ports.Match(Port.Protocol.TCP, (int) number));
      matches.add(new Ports.Match(Port.Protocol.UDP, (int) number));
    }
    return matches;
  }

  private void unknownPort(Resolved resolved, io.gops.syntax.Port port, Scope scope) {
    List<String> known = resolved.declared().stream().map(Port::name).distinct().toList();
    String name =
        switch (port) {
          case io.gops.syntax.Port.Named(_, String text) -> text;
          case io.gops.syntax.Port.Numbers(_, long first, long last) ->
              first == last ? Long.toString(first) : first + ".." + last;
        };
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS2040, resolved.endpoint().text(), name).at(scope.place(port));
    if (!known.isEmpty()) {
      problem.hint("known", Names.list(known));
    }
    Names.meant(problem, scope.place(port), name, known);
    if (!problems.suspects().isNameless("port")) {
      references.unresolved(name, Optional.of(scope.place(port)), problem);
    }
  }
}
