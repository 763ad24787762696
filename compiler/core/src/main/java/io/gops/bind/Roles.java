package io.gops.bind;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Amounts;
import io.gops.fleet.ConfigFile;
import io.gops.fleet.Container;
import io.gops.fleet.Curve;
import io.gops.fleet.EnvValue;
import io.gops.fleet.Exposure;
import io.gops.fleet.HealthCheck;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Interpolation;
import io.gops.fleet.Port;
import io.gops.fleet.Probe;
import io.gops.fleet.Profile;
import io.gops.fleet.Reload;
import io.gops.fleet.Resource;
import io.gops.fleet.Role;
import io.gops.fleet.Secret;
import io.gops.fleet.ServerSpec;
import io.gops.fleet.Volume;
import io.gops.schema.Target;
import io.gops.source.Place;
import io.gops.syntax.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Makes one role: its containers, sidecars, volumes, profile, probes and exposures.
final class Roles {
  private final Problems problems;
  private final References references;
  private final Curves curves;
  private final SortedMap<String, Secret> secrets;

  Roles(Problems problems, References references, SortedMap<String, Secret> secrets) {
    this.problems = problems;
    this.references = references;
    this.curves = new Curves(problems);
    this.secrets = secrets;
  }

  /// @param role the block of the role, or of the game that has only one
  /// @param pullSecrets secrets with which its images are pulled
  Role role(Attributes role, String name, boolean implicit, List<String> pullSecrets) {
    List<Volume> volumes = role.children("volume").stream().map(this::volume).toList();
    List<Container> containers = new ArrayList<>();
    Optional<Duration> save = Optional.empty();
    for (Attributes block : role.children("container")) {
      containers.add(container(block, volumes));
      Optional<Duration> own = block.child("save").duration("within");
      save =
          save.isPresent() && own.isPresent() ? later(save.get(), own.get()) : save.or(() -> own);
    }
    distinctContainers(role);
    List<HotUpdate> sidecars =
        role.children("hot_update").stream().map(block -> hotUpdate(block, containers)).toList();
    List<Probe> probes =
        role.children("probe").stream().map(block -> probe(block, containers)).toList();
    List<Exposure> exposures =
        role.children("expose").stream()
            .flatMap(block -> exposure(block, containers).stream())
            .toList();
    return new Role(
        name,
        implicit,
        role.count("replicas"),
        containers,
        sidecars,
        volumes,
        imageSizes(role),
        profile(role.child("profile")),
        probes,
        exposures,
        role.children("patch").stream().map(patch -> Patches.patch(patch.block())).toList(),
        pullSecrets,
        save,
        role.origins());
  }

  private static Optional<Duration> later(Duration a, Duration b) {
    return Optional.of(a.compareTo(b) > 0 ? a : b);
  }

  /// Containers and sidecars share one pod, so they share one set of names.
  private void distinctContainers(Attributes role) {
    Map<String, Attributes> taken = new HashMap<>();
    List<Attributes> all = new ArrayList<>(role.children("container"));
    all.addAll(role.children("hot_update"));
    for (Attributes block : all) {
      Attributes before = taken.putIfAbsent(block.block().label(), block);
      if (before != null) {
        problems.report(
            Diagnostic.of(Code.GOPS2008, Completeness.title(block.block()))
                .at(block.block().place())
                .related(before.block().place(), "related"));
      }
    }
  }

  private static SortedMap<String, Long> imageSizes(Attributes role) {
    SortedMap<String, Long> sizes = new TreeMap<>();
    for (String kind : List.of("container", "hot_update")) {
      for (Attributes block : role.children(kind)) {
        block.amount("image_size").ifPresent(size -> sizes.put(block.block().label(), size));
      }
    }
    return sizes;
  }

  private Volume volume(Attributes volume) {
    Volume.Kind kind =
        switch (volume.block().kind().name()) {
          case "shared_memory" -> new Volume.SharedMemory(volume.amount("limit").orElse(0L));
          case "persistent" ->
              new Volume.Persistent(
                  volume.amount("size").orElse(0L),
                  volume.text("class").orElse(""),
                  volume.text("path").orElse(""),
                  retention(volume, "when_stopped"),
                  retention(volume, "when_deleted"));
          case "secret" -> secretFiles(volume);
          default -> new Volume.Scratch(volume.amount("limit").orElse(0L));
        };
    return new Volume(volume.block().label(), kind, volume.origins());
  }

  private static Volume.Retention retention(Attributes volume, String attribute) {
    return volume.constant(attribute, Volume.Retention.class).orElse(Volume.Retention.KEEP);
  }

  private Volume.SecretFiles secretFiles(Attributes volume) {
    Optional<String> name = references.resolve(volume, "secret", Target.SECRET, secrets.keySet());
    Secret secret = name.map(key -> secrets.get(key)).orElse(null);
    List<String> keys =
        secret == null
            ? List.of()
            : references.resolveAll(volume, "keys", Target.SECRET_KEY, secret.keys());
    return new Volume.SecretFiles(name.orElse(""), keys);
  }

  private Container container(Attributes container, List<Volume> volumes) {
    List<Port> ports = Networks.ports(container, problems);
    List<Container.Mount> mounts = new ArrayList<>();
    List<String> names = volumes.stream().map(Volume::name).toList();
    for (Attributes mount : container.children("mount")) {
      String volume = mount.block().label();
      references.exists(volume, mount.block().place(), "volume", names);
      mounts.add(
          new Container.Mount(
              volume,
              mount.text("path").orElse("/"),
              mount.flag("read_only") || holdsSecret(volume, volumes)));
    }
    return new Container(
        container.block().label(),
        ports,
        words(container, "command"),
        words(container, "args"),
        environment(container.child("env")),
        mounts,
        container.children("config").stream().map(Roles::configFile).toList(),
        health(container, "ready", ports),
        health(container, "live", ports),
        health(container, "startup", ports),
        container.origins());
  }

  /// No container can write to a secret, whatever it says.
  private static boolean holdsSecret(String name, List<Volume> volumes) {
    return volumes.stream()
        .anyMatch(v -> v.name().equals(name) && v.kind() instanceof Volume.SecretFiles);
  }

  private static ConfigFile configFile(Attributes file) {
    return new ConfigFile(file.block().label(), words(file, "lines"), file.origins());
  }

  static List<Interpolation> words(Attributes container, String name) {
    return container.elements(name).stream()
        .flatMap(
            word ->
                word.value() instanceof Value.Text(List<Value.Part> parts)
                    ? Stream.of(interpolation(parts))
                    : Stream.empty())
        .toList();
  }

  SortedMap<String, EnvValue> environment(Attributes env) {
    SortedMap<String, EnvValue> values = new TreeMap<>();
    for (String name : env.block().fields().keySet()) {
      env.value(name).flatMap(this::environment).ifPresent(value -> values.put(name, value));
    }
    return values;
  }

  private Optional<EnvValue> environment(Value value) {
    return switch (value) {
      case Value.Text(List<Value.Part> parts) ->
          Optional.of(new EnvValue.Text(interpolation(parts)));
      case Value.Name(Path path, Scope scope) -> secretKey(path, scope);
      case Value _ -> Optional.empty();
    };
  }

  /// A text with the places that differ by zone and side.
  static Interpolation interpolation(List<Value.Part> parts) {
    return new Interpolation(parts.stream().map(Roles::part).toList());
  }

  private static Interpolation.Part part(Value.Part part) {
    return switch (part) {
      case Value.Literal(String text) -> new Interpolation.Literal(text);
      case Value.Hole(String path, int digits, _) ->
          path.equals("side") ? new Interpolation.SideName() : new Interpolation.ZoneId(digits);
    };
  }

  private Optional<EnvValue> secretKey(Path path, Scope scope) {
    Path.Segment name = path.segments().get(1);
    Path.Segment key = path.segments().get(2);
    Secret secret = secrets.get(name.text());
    if (secret == null) {
      references.exists(name.text(), Optional.of(scope.place(name)), "secret", secrets.keySet());
      return Optional.empty();
    }
    List<String> keys = secret.keys();
    Optional<Place> place = Optional.of(scope.place(key));
    if (problems.suspects().isNameless("key")) {
      return Optional.empty();
    }
    return references.exists(key.text(), place, "key of secret " + name.text(), keys)
        ? Optional.of(new EnvValue.SecretKey(name.text(), key.text()))
        : Optional.empty();
  }

  private Optional<HealthCheck> health(Attributes container, String word, List<Port> ports) {
    Optional<Attributes> found = container.children(word).stream().findFirst();
    return found.map(
        check -> {
          List<String> names = ports.stream().map(Port::name).toList();
          String port =
              check.value("port").isPresent()
                  ? references.resolve(check, "port", Target.PORT, names).orElse("")
                  : "";
          HealthCheck.Handler handler =
              switch (check.block().kind().name()) {
                case "http" -> new HealthCheck.Http(port, check.text("path").orElse("/"));
                case "tcp" -> new HealthCheck.Tcp(port);
                default -> new HealthCheck.Exec(check.texts("command"));
              };
          return new HealthCheck(
              handler,
              check.duration("every").orElse(Duration.ofSeconds(10)),
              check.duration("timeout").orElse(Duration.ofSeconds(1)),
              Math.max(1, check.count("failures")),
              check.origins());
        });
  }

  private HotUpdate hotUpdate(Attributes sidecar, List<Container> containers) {
    List<String> names = containers.stream().map(Container::name).toList();
    List<HotUpdate.EngineMount> mounts = new ArrayList<>();
    for (Attributes mount : sidecar.children("mount")) {
      String container = mount.block().label();
      if (references.exists(container, mount.block().place(), "container", names)) {
        mounts.add(new HotUpdate.EngineMount(container, mount.text("path").orElse("/")));
      }
    }
    Optional<Attributes> reload = sidecar.children("reload").stream().findFirst();
    return new HotUpdate(
        sidecar.block().label(),
        sidecar.text("files").orElse("/"),
        mounts,
        reload
            .map(block -> reload(block, sidecar, mounts, containers))
            .orElse(new Reload.Inotify("", Duration.ofSeconds(1), List.of())),
        sidecar.origins());
  }

  private Reload reload(
      Attributes reload,
      Attributes sidecar,
      List<HotUpdate.EngineMount> mounts,
      List<Container> containers) {
    return switch (reload.block().kind().name()) {
      case "http" -> httpReload(reload, containers);
      case "exec" -> new Reload.Exec(reloading(reload, sidecar, mounts), reload.texts("command"));
      case "signal" ->
          new Reload.Signal(
              reloading(reload, sidecar, mounts),
              reload.word("signal").orElse("HUP"),
              reload.text("process").orElse(""));
      default ->
          new Reload.Inotify(
              reloading(reload, sidecar, mounts),
              reload.duration("settle").orElse(Duration.ofSeconds(1)),
              reload.texts("confirm"));
    };
  }

  /// The container that reloads: the one that is named, or the only one that sees the files.
  private String reloading(
      Attributes reload, Attributes sidecar, List<HotUpdate.EngineMount> mounts) {
    List<String> seeing = mounts.stream().map(HotUpdate.EngineMount::container).toList();
    if (reload.block().has("container")) {
      return references.resolve(reload, "container", Target.CONTAINER, seeing).orElse("");
    }
    if (seeing.size() > 1) {
      problems.report(
          Diagnostic.of(Code.GOPS2044, Completeness.title(sidecar.block()), Names.list(seeing))
              .at(reload.block().place())
              .hint("hint", seeing.getFirst()));
    }
    return seeing.isEmpty() ? "" : seeing.getFirst();
  }

  private Reload httpReload(Attributes reload, List<Container> containers) {
    List<String> known = new ArrayList<>();
    containers.forEach(c -> c.ports().forEach(p -> known.add(c.name() + "." + p.name())));
    String port =
        references.resolve(reload, "port", Target.CONTAINER_PORT, known).orElse("engine.reload");
    int dot = port.indexOf('.');
    return new Reload.Http(
        port.substring(0, dot),
        port.substring(dot + 1),
        reload.text("path").orElse("/"),
        reload.duration("retry").orElse(Duration.ofSeconds(1)));
  }

  private Profile profile(Attributes profile) {
    Attributes login = profile.child("login");
    Map<Resource, Curve> byPlayers = curves.of(profile);
    return new Profile(
        without(profile.child("base").amounts(), byPlayers.keySet()),
        without(profile.child("per_player").amounts(), byPlayers.keySet()),
        byPlayers,
        profile.child("keeps_after_logout").shares(),
        login.amounts(),
        login.amount("at_most").orElse(0L),
        profile.share("overlap"),
        profile.child("reload").amounts(),
        new Profile.Traffic(
            profile.child("backbone").child("base").amounts(),
            profile.child("backbone").child("per_player").amounts()),
        profile.origins());
  }

  private static Amounts without(Amounts amounts, Set<Resource> measured) {
    Amounts result = Amounts.NONE;
    for (Resource resource : Resource.values()) {
      if (amounts.has(resource) && !measured.contains(resource)) {
        result = result.with(resource, amounts.get(resource));
      }
    }
    return result;
  }

  private Probe probe(Attributes probe, List<Container> containers) {
    List<String> names = containers.stream().map(Container::name).toList();
    String container =
        probe.block().has("container")
            ? references.resolve(probe, "container", Target.CONTAINER, names).orElse("")
            : names.isEmpty() ? "" : names.getFirst();
    return new Probe(
        probe.block().label(),
        container,
        probe.texts("exec"),
        probe.duration("every").orElse(Duration.ofSeconds(10)),
        probe.flag("players"),
        becomes(probe, "passes"),
        becomes(probe, "fails"),
        probe.origins());
  }

  private Optional<ServerSpec> becomes(Attributes probe, String answer) {
    Optional<Attributes> found = probe.children(answer).stream().findFirst();
    if (found.isPresent() && probe.flag("players")) {
      problems.report(
          Diagnostic.of(Code.GOPS2089, probe.block().label(), answer)
              .at(found.get().block().place())
              .hint("hint"));
    }
    return found.map(Servers::becomes);
  }

  private Optional<Exposure> exposure(Attributes expose, List<Container> containers) {
    String port = expose.block().label();
    List<Container> owners =
        containers.stream().filter(container -> container.port(port).isPresent()).toList();
    List<String> ports =
        containers.stream().flatMap(c -> c.ports().stream()).map(Port::name).distinct().toList();
    if (!references.exists(port, expose.block().place(), "port", ports)) {
      return Optional.empty();
    }
    Optional<String> named =
        expose.block().has("container")
            ? references.resolve(
                expose,
                "container",
                Target.CONTAINER,
                owners.stream().map(Container::name).toList())
            : Optional.of(owners.getFirst().name());
    if (!expose.block().has("container") && owners.size() > 1) {
      problems.report(
          Diagnostic.of(
                  Code.GOPS2044,
                  Completeness.title(expose.block()),
                  Names.list(owners.stream().map(Container::name).toList()))
              .at(expose.block().place())
              .hint("hint", owners.getFirst().name()));
    }
    Attributes parameters = expose.child("parameters");
    SortedMap<String, String> texts = new TreeMap<>();
    for (String name : parameters.block().fields().keySet()) {
      parameters.text(name).ifPresent(text -> texts.put(name, text));
    }
    return named.map(
        container ->
            new Exposure(
                container, port, expose.word("network").orElse(""), texts, expose.origins()));
  }
}
