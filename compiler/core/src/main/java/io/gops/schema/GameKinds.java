package io.gops.schema;

import static io.gops.schema.Attribute.attribute;
import static io.gops.schema.Kind.kind;

import io.gops.fleet.Resource;
import java.util.ArrayList;
import java.util.List;

/// `game` with its roles, containers, sidecars, resource profile and versions.
final class GameKinds {
  private GameKinds() {}

  static List<Kind> kinds() {
    return List.of(game());
  }

  private static Kind game() {
    return kind(
            "game",
            "A game: what its servers are made of, what they need, and its versions. A game with one"
                + " kind of server needs no `role`.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute(
                    "display",
                    Types.text(TextShape.NOT_EMPTY),
                    "Its name for people, in any script; the label when it is left out.")
                .like("\"楚留香\""),
            attribute("owner", Types.text(TextShape.NOT_EMPTY), "The team to ask.")
                .like("\"sre-wuxia\""),
            attribute(
                    "namespace",
                    Types.text(TextShape.DNS_LABEL),
                    "Kubernetes namespace of its objects; the label when it is left out.")
                .like("\"clx\"")
                .mayDifferByEnvironment(),
            pullSecret())
        .attributes(roleAttributes())
        .nested(roleKinds())
        .nested(role(), alert(), version())
        .example(
            """
            game racing {
              container engine {
                port client { number = 9000, protocol = udp }
              }
              profile { base { cpu = 200mcores, memory = 512Mi } }
              version "2.3.0" {
                engine = "registry.example.com/racing:2.3.0@sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"
              }
            }
            """)
        .build();
  }

  private static Attribute pullSecret() {
    return attribute(
            "pull_secret",
            Types.oneOrMore(Types.reference(Target.SECRET)),
            "Secrets with which the hosts log in to registries to pull the images of all roles; of"
                + " type `kubernetes.io/dockerconfigjson`, so with the key `.dockerconfigjson`.")
        .like("registry-login");
  }

  private static Kind role() {
    return kind("role", "One kind of server of a game that has several.")
        .label(Label.kubernetesName("NAME"))
        .attributes(roleAttributes())
        .nested(roleKinds())
        .build();
  }

  private static List<Attribute> roleAttributes() {
    return List.of(
        attribute("replicas", Types.whole(1, 1000), "Servers of each zone, per side.")
            .defaultsTo("1")
            .mayDifferByEnvironment());
  }

  private static List<Kind> roleKinds() {
    return List.of(container(), hotUpdate(), volume(), profile(), probe(), expose(), patch());
  }

  private static Kind container() {
    return kind("container", "A container of the server.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute(
                    "command",
                    Types.list(new Type.ZoneText()),
                    "Replaces the entry point of the image; one element for each word."
                        + " `${zone.id}` and `${side}` may be used.")
                .like("[\"/srv/game/engine\"]"),
            attribute(
                    "args",
                    Types.list(new Type.ZoneText()),
                    "Arguments of the command. `${zone.id}` and `${side}` may be used.")
                .like("[\"--zone\", \"${zone.id}\"]"),
            imageSize("2Gi"))
        .nested(
            port(),
            environment(),
            configFile(),
            kind("mount", "Where the container sees a volume.")
                .label(Label.kubernetesName("VOLUME"))
                .attributes(
                    path("path", "Where it appears.").mustBeGiven().like("\"/data\""),
                    attribute("read_only", Types.FLAG, "Whether the container only reads it.")
                        .defaultsTo("false"))
                .build(),
            healthCheck("ready", "When the server takes players."),
            healthCheck("live", "When the container is restarted: after it stops passing."),
            healthCheck("startup", "What must pass before the other checks begin."),
            kind("save", "What the server does before it stops.")
                .attributes(
                    attribute(
                            "within",
                            Types.atLeast(Measure.DURATION, 1000),
                            "Longest time it takes; Kubernetes waits that long before it kills.")
                        .mustBeGiven()
                        .like("90s"))
                .build())
        .example(
            """
            container engine {
              port client { number = 7001, protocol = tcp }
              ready tcp   { port = client, every = 5s }
            }
            """)
        .build();
  }

  /// Environment variables of a container or of a job.
  static Kind environment() {
    return kind(
            "env",
            "Environment variables. `${zone.id}` and `${side}` may be used; passwords are"
                + " references to secrets.")
        .anyAttribute(
            attribute(
                    "NAME",
                    new Type.EnvironmentValue(),
                    "A text, or a key of a secret as `secret.NAME.KEY`.")
                .like("secret.clx-db.password"))
        .example("env { DB_PASSWORD = secret.clx-db.password, ZONE = \"${zone.id}\" }")
        .build();
  }

  private static Kind configFile() {
    return kind(
            "config",
            "A text file that the container reads and cannot change. It belongs to the version like"
                + " an environment variable: other text needs another version. `${zone.id}` and"
                + " `${side}` may be used. A password does not stand here: the server takes it from"
                + " an environment variable or from a volume that holds a secret.")
        .label(Label.name("PATH", TextShape.FILE_PATH))
        .attributes(
            attribute("lines", Types.list(new Type.FileLine()), "Its lines, from the first.")
                .mustBeGiven()
                .like("[\"zone = ${zone.id}\", \"side = ${side}\"]"))
        .example(
            """
            config "/srv/game/server.conf" {
              lines = [
                "zone    = ${zone.id}",
                "side    = ${side}",
                "log_dir = /var/log/game",
              ]
            }
            """)
        .build();
  }

  private static Attribute imageSize(String example) {
    return attribute(
            "image_size",
            Types.atLeast(Measure.MEMORY, 1),
            "Disk that its image takes on a host, unpacked. While a release runs a host holds the"
                + " old and the new one, once each, however many servers use it.")
        .like(example);
  }

  static Kind port() {
    return kind("port", "A named port.")
        .label(Label.name("NAME", TextShape.PORT_NAME))
        .attributes(
            attribute("number", Types.PORT_NUMBER, "Its number.").mustBeGiven().like("7001"),
            attribute("protocol", Types.word("tcp", "udp"), "Its transport.").defaultsTo("tcp"))
        .build();
  }

  private static Attribute path(String name, String doc) {
    return attribute(name, Types.text(TextShape.ABSOLUTE_PATH), doc);
  }

  private static Kind healthCheck(String name, String doc) {
    List<Attribute> timing =
        List.of(
            attribute("every", Types.atLeast(Measure.DURATION, 1000), "Time between two checks.")
                .defaultsTo("10s"),
            attribute(
                    "timeout", Types.atLeast(Measure.DURATION, 1000), "Time to wait for an answer.")
                .defaultsTo("1s"),
            attribute("failures", Types.whole(1, 1000), "Failed checks in a row that count.")
                .defaultsTo("3"));
    Attribute port =
        attribute("port", Types.reference(Target.PORT), "A port of the container.")
            .mustBeGiven()
            .like("admin");
    return kind(name, doc)
        .variants(
            kind("http", "An HTTP GET must answer 200 to 399.")
                .attributes(port, path("path", "The path to get.").defaultsTo("\"/\""))
                .attributes(timing)
                .build(),
            kind("tcp", "A connection must be accepted.")
                .attributes(port)
                .attributes(timing)
                .build(),
            kind("exec", "A command in the container must exit 0.")
                .attributes(command("command", "The command."))
                .attributes(timing)
                .build())
        .build();
  }

  private static Attribute command(String name, String doc) {
    return attribute(
            name, Types.list(Types.text(TextShape.NOT_EMPTY)), doc + " One element for each word.")
        .mustBeGiven()
        .like("[\"/app/check.sh\"]");
  }

  private static Kind hotUpdate() {
    Attribute container =
        attribute(
                "container",
                Types.reference(Target.CONTAINER),
                "The container that reloads; the one that sees the files when there is only one.")
            .like("engine");
    Kind reload =
        kind("reload", "How a running engine learns that its files changed.")
            .variants(
                kind("http", "The sidecar calls the engine until it answers 200.")
                    .attributes(
                        attribute(
                                "port", Types.reference(Target.CONTAINER_PORT), "The port to call.")
                            .mustBeGiven()
                            .like("engine.admin"),
                        path("path", "The path to call.").defaultsTo("\"/reload\""),
                        attribute(
                                "retry",
                                Types.atLeast(Measure.DURATION, 100),
                                "Time between two attempts.")
                            .defaultsTo("1s"))
                    .build(),
                kind("inotify", "The engine watches the folder itself.")
                    .attributes(
                        container,
                        attribute(
                                "settle",
                                Types.DURATION,
                                "Time without a change after which the engine reloads.")
                            .defaultsTo("1s"),
                        attribute(
                                "confirm",
                                Types.list(Types.text(TextShape.NOT_EMPTY)),
                                "A command in the container that exits 0 once the engine has"
                                    + " reloaded; the rollout repeats it until it does. Without it"
                                    + " nothing tells, and the runbook says so. One element for"
                                    + " each word.")
                            .like("[\"/app/loaded.sh\"]"))
                    .build(),
                kind("exec", "The rollout runs a command in each engine, one after the other.")
                    .attributes(container, command("command", "The command."))
                    .build(),
                kind("signal", "The sidecar sends a signal to the engine's process.")
                    .attributes(
                        container,
                        attribute(
                                "signal",
                                Types.word("HUP", "USR1", "USR2", "ALRM", "URG", "WINCH"),
                                "The signal, without SIG.")
                            .defaultsTo("HUP"),
                        attribute(
                                "process",
                                Types.text(TextShape.VERSION),
                                "Name of the engine's process.")
                            .mustBeGiven()
                            .like("\"nginx\""))
                    .build())
            .required()
            .build();
    return kind(
            "hot_update",
            "A sidecar whose image carries files; a new image replaces them without touching the"
                + " engine.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            path("files", "Folder of the files in the sidecar's image.")
                .mustBeGiven()
                .like("\"/app/scripts\""),
            imageSize("80Mi"))
        .nested(
            kind("mount", "Where a container sees the files.")
                .label(Label.kubernetesName("CONTAINER"))
                .attributes(path("path", "The folder.").mustBeGiven().like("\"/srv/game/scripts\""))
                .required()
                .build(),
            reload)
        .example(
            """
            hot_update scripts {
              files = "/app/scripts"
              mount engine { path = "/srv/game/scripts" }
              reload http  { port = engine.admin, path = "/reload", retry = 1s }
            }
            """)
        .build();
  }

  private static Kind volume() {
    return kind("volume", "Storage that the containers of a server share.")
        .repeated()
        .variants(
            kind("scratch", "Lives as long as the pod.")
                .label(Label.kubernetesName("NAME"))
                .attributes(
                    attribute("limit", Types.MEMORY, "Most that may be written.").like("2Gi"))
                .build(),
            kind("shared_memory", "Memory that the containers share; counts as memory of the pod.")
                .label(Label.kubernetesName("NAME"))
                .attributes(
                    attribute("limit", Types.atLeast(Measure.MEMORY, 1), "Most that may be used.")
                        .mustBeGiven()
                        .like("256Mi"))
                .build(),
            kind(
                    "secret",
                    "The keys of a Kubernetes Secret, a file for each: certificates, key stores."
                        + " Containers only read it. Kubernetes brings a changed Secret into running"
                        + " pods after a while.")
                .label(Label.kubernetesName("NAME"))
                .attributes(
                    attribute("secret", Types.reference(Target.SECRET), "The secret that it holds.")
                        .mustBeGiven()
                        .like("chess-db"),
                    attribute(
                            "keys",
                            Types.oneOrMore(Types.reference(Target.SECRET_KEY)),
                            "The keys that become files; all of them when left out.")
                        .like("[\"password\"]"))
                .example("volume secret database { secret = chess-db, keys = [\"password\"] }")
                .build(),
            kind("persistent", "Survives the pod.")
                .label(Label.kubernetesName("NAME"))
                .attributes(
                    attribute("size", Types.atLeast(Measure.MEMORY, 1), "How large it is.")
                        .mustBeGiven()
                        .like("20Gi"),
                    attribute(
                            "class",
                            Types.text(TextShape.DNS_SUBDOMAIN),
                            "Storage class; the cluster's default when left out.")
                        .like("\"local-ssd\""),
                    attribute(
                            "path",
                            Types.text(TextShape.FOLDER),
                            "Folder inside the volume; all of it when left out.")
                        .like("\"/save\""),
                    attribute(
                            "when_stopped",
                            Types.word("keep", "delete"),
                            "What becomes of it when its server is no longer wanted.")
                        .defaultsTo("keep"),
                    attribute(
                            "when_deleted",
                            Types.word("keep", "delete"),
                            "What becomes of it when the zone is taken away.")
                        .defaultsTo("keep"))
                .example("volume persistent saves { size = 20Gi, class = \"local-ssd\" }")
                .build())
        .build();
  }

  private static Kind profile() {
    Resource[] used = {
      Resource.CPU,
      Resource.MEMORY,
      Resource.EGRESS,
      Resource.PACKETS,
      Resource.CONNECTIONS,
      Resource.DISK
    };
    List<Attribute> login =
        new ArrayList<>(Resources.amounts("that one login per second adds", used));
    login.add(
        attribute("at_most", Types.RATE, "Logins that the login queue lets through.")
            .like("200/s"));
    return kind("profile", "What a server uses, measured; the capacity proof rests on it.")
        .attributes(
            attribute(
                    "overlap",
                    Types.SHARE,
                    "Share of the sessions that count on both sides while players move.")
                .defaultsTo("0%"))
        .nested(
            kind("base", "With nobody online.")
                .attributes(Resources.amounts("with nobody online", used))
                .build(),
            kind("per_player", "For each player online.")
                .attributes(Resources.amounts("for each player", used))
                .build(),
            kind(
                    "by_players",
                    "Measured points instead of `base` and `per_player`, for what does not grow evenly:"
                        + " caches and maps that fill early, messages to everybody near. Use between two"
                        + " points is a straight line.")
                .attributes(Resources.points(used))
                .build(),
            kind(
                    "keeps_after_logout",
                    "What is not given back before the process restarts. Memory is taken as kept whole,"
                        + " with a warning, until a measured share is written. Connections are kept"
                        + " whole unless it says otherwise.")
                .attributes(
                    Resources.shares("of players that left", used).stream()
                        .map(GameKinds::keptAfterLogout)
                        .toList())
                .build(),
            kind("login", "What logging in costs on top.").attributes(login).build(),
            kind("reload", "What loading new files costs on top, while it lasts.")
                .attributes(Resources.amounts("while new files are loaded", used))
                .build(),
            backbone())
        .example(
            """
            profile {
              base       { cpu = 500mcores, memory = 2Gi }
              per_player { cpu = 2mcores, memory = 4Mi, egress = 24kbps, packets = 30pps }
            }
            """)
        .build();
  }

  /// Connection tracking keeps closed sessions for minutes. The allocators that were measured keep
  /// the heap; memory has no default all the same, so that it is known whether somebody measured.
  private static Attribute keptAfterLogout(Attribute share) {
    return switch (share.name()) {
      case "memory" -> share;
      case "connections" -> share.defaultsTo("100%");
      default -> share.defaultsTo("0%");
    };
  }

  private static Kind backbone() {
    Resource[] forwarded = {Resource.EGRESS, Resource.PACKETS, Resource.CONNECTIONS};
    return kind(
            "backbone",
            "What passes through the backbone gateway: databases, payment, other services."
                + " Internet gateways are checked with all of the traffic.")
        .nested(
            kind("base", "With nobody online.")
                .attributes(Resources.amounts("with nobody online", forwarded))
                .build(),
            kind("per_player", "For each player online.")
                .attributes(Resources.amounts("for each player", forwarded))
                .build())
        .build();
  }

  private static Kind probe() {
    return kind("probe", "A question to a running server whose answer becomes server state.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute(
                    "players",
                    Types.FLAG,
                    "Whether the answer is the number of players online. A server with players is"
                        + " then one of the last to be stopped.")
                .defaultsTo("false"),
            command(
                "exec",
                "A command that prints the number of players, or ends without an error when the"
                    + " answer is yes."),
            attribute("every", Types.atLeast(Measure.DURATION, 1000), "Time between two questions.")
                .defaultsTo("10s"),
            attribute(
                    "container",
                    Types.reference(Target.CONTAINER),
                    "Where the command runs; the first container when left out.")
                .like("engine"))
        .nested(
            kind("passes", "What a server becomes when the answer turns to yes.")
                .attributes(ServersKinds.told())
                .build(),
            kind("fails", "What a server becomes when the answer turns to no.")
                .attributes(ServersKinds.told())
                .build())
        .example("probe online { players = true, exec = [\"/app/players.sh\"], every = 10s }")
        .build();
  }

  private static Kind alert() {
    return kind(
            "alert",
            "A condition that somebody should know of: a rule for the operator of Prometheus."
                + " `${game.name}`, `${game.namespace}` and `${game.sidecars}` may be used.")
        .label(Label.kubernetesName("NAME"))
        .attributes(
            attribute("expr", new Type.Query(), "What Prometheus looks for.")
                .mustBeGiven()
                .like("\"up{namespace='${game.namespace}'} == 0\""),
            attribute("for", Types.DURATION, "How long it must hold.").defaultsTo("1min"),
            attribute(
                    "severity",
                    Types.word("info", "warning", "critical"),
                    "How soon somebody should look.")
                .defaultsTo("warning"),
            attribute(
                    "summary",
                    new Type.Sentence(),
                    "One sentence for whoever is called. `${label.pod}` is a label of what it holds"
                        + " for, `${value}` the value of the expression.")
                .mustBeGiven()
                .like("\"${label.pod} does not answer\""),
            attribute("runbook", Types.text(TextShape.URL), "What to do then.")
                .like("\"https://wiki.example.com/engine-crash\""))
        .example(
            """
            alert engine-crash {
              expr     = "increase(kube_pod_container_status_restarts_total{namespace='${game.namespace}'}[10m]) > 0"
              severity = critical
              summary  = "${label.container} of ${label.pod} restarted"
            }
            """)
        .build();
  }

  private static Kind expose() {
    return kind("expose", "How a port is reached from outside the cluster.")
        .label(Label.name("PORT", TextShape.PORT_NAME))
        .attributes(
            attribute("network", new Type.FreeName(), "Name of an OpenKruiseGame network plugin.")
                .mustBeGiven()
                .like("Kubernetes-HostPort"),
            attribute(
                    "container",
                    Types.reference(Target.CONTAINER),
                    "The container with the port; needed when several have one of that name.")
                .like("engine"))
        .nested(
            kind("parameters", "Parameters of the plugin.")
                .anyAttribute(attribute("NAME", new Type.Scalar(), "The value as text."))
                .build())
        .example("expose client { network = Kubernetes-HostPort }")
        .build();
  }

  private static Kind patch() {
    return kind(
            "patch",
            "What stands in no other attribute: fields of a generated object. Checked against the"
                + " object's own type, refused where a proof rests on the field, and marked in the"
                + " object as unchecked by the proofs.")
        .repeated()
        .variants(
            kind(
                    "kubernetes",
                    "Fields of a Kubernetes object of the server: `Pod`, `GameServerSet` or"
                        + " `Service`. Blocks and dotted names say where they stand. A field"
                        + " replaces what the compiler writes there; objects merge; of lists those"
                        + " merge whose elements Kubernetes tells apart by name, all others are"
                        + " replaced; nothing can be taken away. `${zone.id}` and `${side}` may be"
                        + " used in strings. Fields of a pod are part of the version, which is"
                        + " frozen once it runs.")
                .label(Label.name("OBJECT", TextShape.OBJECT_KIND))
                .open(
                    attribute(
                            "FIELD",
                            new Type.ObjectField(),
                            "The field's value; a dotted name leads into it.")
                        .like("[{ ip = \"10.200.8.4\", hostnames = [\"accounts\"] }]"))
                .example(
                    """
                    patch kubernetes Pod {
                      spec.hostAliases = [{ ip = "10.200.8.4", hostnames = ["accounts"] }]
                      metadata.annotations."prometheus.io/scrape" = "true"
                    }
                    """)
                .build())
        .build();
  }

  private static Kind version() {
    return kind(
            "version",
            "A frozen release of the game: an image for each container and sidecar, and any other"
                + " item of the game that changes with it.")
        .label(Label.name("VERSION", TextShape.VERSION))
        .attributes(roleAttributes())
        .attributes(pullSecret())
        .anyAttribute(
            attribute("CONTAINER", Types.text(TextShape.IMAGE), "The image of that container.")
                .like("\"registry.example.com/clx/engine:1.8.3@sha256:…\""))
        .nested(roleKinds())
        .nested(role())
        .example(
            """
            version "1.8.4" from "1.8.3" {
              engine = "registry.example.com/clx:1.8.4@sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"
            }
            """)
        .build();
  }
}
