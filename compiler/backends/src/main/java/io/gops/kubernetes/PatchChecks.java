package io.gops.kubernetes;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.diagnostic.Spelling;
import io.gops.fleet.Container;
import io.gops.fleet.Game;
import io.gops.fleet.HotUpdate;
import io.gops.fleet.Interpolation;
import io.gops.fleet.Patch;
import io.gops.fleet.Role;
import io.gops.fleet.Version;
import io.gops.source.Place;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether patches say something that their objects can hold, and nothing that a proof rests on.
public final class PatchChecks {
  private final Diagnostics diagnostics;
  private final Set<Reported> reported = new HashSet<>();

  public PatchChecks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// A patch that several versions inherit is wrong once.
  private record Reported(Code code, Optional<Place> place) {}

  /// Checks the patches of every version, deployed or not.
  public void run(Collection<Game> games) {
    for (Game game : games) {
      game.roles().values().forEach(this::role);
      for (Version version : game.versions().values()) {
        version.roles().values().forEach(this::role);
      }
    }
  }

  /// Checks the patches of one role of one version.
  void role(Role role) {
    for (Patch patch : role.patches()) {
      Optional<ObjectType> type = PatchedObjects.type(patch.object());
      if (type.isEmpty()) {
        unknownObject(patch);
      } else {
        new Walk(patch.object(), role).fields(patch.fields(), type.get(), "", PatchRules.UNJUDGED);
      }
    }
  }

  private void unknownObject(Patch patch) {
    Diagnostic.Builder problem =
        Diagnostic.of(Code.GOPS6121, patch.object(), String.join(", ", PatchedObjects.kinds()));
    Spelling.nearest(patch.object(), PatchedObjects.kinds())
        .ifPresent(meant -> problem.hint("meant", meant));
    report(Code.GOPS6121, problem, patch.origins().place());
  }

  private void report(Code code, Diagnostic.Builder problem, Optional<Place> place) {
    if (reported.add(new Reported(code, place))) {
      diagnostics.report(problem.at(place));
    }
  }

  /// One way through a patch beside the type of its object.
  private final class Walk {
    private final String object;
    private final Role role;
    private final SortedMap<String, PatchRule> rules;

    Walk(String object, Role role) {
      this.object = object;
      this.role = role;
      this.rules = PatchRules.of(object);
    }

    /// @param path of the object that has the fields; empty at the top
    void fields(Patch.Fields written, ObjectType type, String path, PatchRule around) {
      SortedMap<String, ObjectType> known = type.fieldTypes().orElseThrow();
      written
          .members()
          .forEach(
              (name, content) -> {
                ObjectType field = known.get(name);
                String at = path.isEmpty() ? name : path + "." + name;
                if (field == null) {
                  unknownField(name, path, known.keySet(), content);
                } else {
                  field(content, field, at, name, around);
                }
              });
    }

    private void unknownField(String name, String path, Set<String> known, Patch.Content content) {
      String owner = path.isEmpty() ? object : object + " " + path;
      Diagnostic.Builder problem = Diagnostic.of(Code.GOPS6122, owner, name);
      Optional<String> meant = Spelling.nearest(name, known);
      if (meant.isPresent()) {
        problem.hint("meant", meant.get());
      } else if (known.size() <= 12 && !known.isEmpty()) {
        problem.hint("known", String.join(", ", known));
      }
      report(Code.GOPS6122, problem, content.place());
    }

    private void field(
        Patch.Content content, ObjectType type, String path, String name, PatchRule around) {
      PatchRule rule = PatchRules.at(path, rules, around);
      boolean deeper = PatchRules.goesDeeper(path, rules) && type.fieldTypes().isPresent();
      boolean elements = PatchRules.goesDeeper(path, rules) && type instanceof ObjectType.Elements;
      if (rule instanceof PatchRule.Closed closed && !deeper && !elements) {
        closed(closed, path, content);
        return;
      }
      content(content, type, path, name, rule);
    }

    private void closed(PatchRule.Closed closed, String path, Patch.Content content) {
      Diagnostic.Builder problem = Diagnostic.of(Code.GOPS6124, path, object);
      String reason = closed.reason().name().toLowerCase(Locale.ROOT);
      if (closed.instead().isEmpty()) {
        problem.hint(reason);
      } else {
        problem.hint(reason + "-instead", closed.instead());
      }
      report(Code.GOPS6124, problem, content.place());
    }

    private void content(
        Patch.Content content, ObjectType type, String path, String name, PatchRule rule) {
      switch (content) {
        case Patch.Fields fields -> {
          if (type instanceof ObjectType.Names(ObjectType member)) {
            names(fields, member, path, rule);
          } else if (type.fieldTypes().isPresent()) {
            fields(fields, type, path, rule);
          } else {
            wrong(content, "a block of fields", type, path);
          }
        }
        case Patch.Elements(List<Patch.Content> items, Optional<Place> _) -> {
          if (type instanceof ObjectType.Elements(ObjectType element)) {
            elements(items, element, path, name, rule);
          } else {
            wrong(content, "a list", type, path);
          }
        }
        case Patch.Text _ -> {
          boolean text =
              type instanceof ObjectType.Text
                  || type instanceof ObjectType.WholeOrText
                  || type instanceof ObjectType.Amount;
          scalar(content, "a string", text, type, path, rule);
          oneOf(content, path, name);
        }
        case Patch.Whole(long number, Optional<Place> _) -> {
          boolean whole =
              type instanceof ObjectType.Whole
                  || type instanceof ObjectType.WholeOrText
                  || type instanceof ObjectType.Amount;
          scalar(content, "the number " + number, whole, type, path, rule);
        }
        case Patch.Flag(boolean set, Optional<Place> _) ->
            scalar(
                content, Boolean.toString(set), type instanceof ObjectType.Flag, type, path, rule);
        case Patch.Span(var duration, Optional<Place> _) -> {
          boolean seconds = type instanceof ObjectType.Whole && duration.toMillis() % 1000 == 0;
          scalar(
              content, "a duration", seconds || type instanceof ObjectType.Text, type, path, rule);
        }
      }
    }

    private void scalar(
        Patch.Content content,
        String what,
        boolean fits,
        ObjectType type,
        String path,
        PatchRule rule) {
      if (!fits) {
        wrong(content, what, type, path);
        return;
      }
      boolean loosens =
          (rule instanceof PatchRule.OnlyTrue
                  && content instanceof Patch.Flag(boolean set, _)
                  && !set)
              || (rule instanceof PatchRule.NotRoot
                  && content instanceof Patch.Whole(long number, _)
                  && number < 1);
      if (loosens) {
        closed(new PatchRule.Closed(PatchRule.Reason.SECURITY, ""), path, content);
      } else if (rule instanceof PatchRule.Closed closed) {
        closed(closed, path, content);
      }
    }

    /// Words that Kubernetes refuses only when the pod is created, and OpenKruise not at all.
    private void oneOf(Patch.Content content, String path, String name) {
      Optional<List<String>> known = PatchedObjects.values(name);
      Optional<String> word = constant(content);
      if (known.isPresent() && word.isPresent() && !known.get().contains(word.get())) {
        report(
            Code.GOPS6123,
            Diagnostic.of(
                Code.GOPS6123,
                path,
                object,
                "\"" + word.get() + "\"",
                "one of " + String.join(", ", known.get())),
            content.place());
      }
    }

    private void wrong(Patch.Content content, String what, ObjectType type, String path) {
      report(
          Code.GOPS6123,
          Diagnostic.of(Code.GOPS6123, path, object, what, type.describe()),
          content.place());
    }

    private void names(Patch.Fields written, ObjectType member, String path, PatchRule rule) {
      written
          .members()
          .forEach(
              (name, content) -> {
                if (rule instanceof PatchRule.OpenNames && PatchRules.isOwned(name)) {
                  closed(
                      new PatchRule.Closed(PatchRule.Reason.NAME, ""), path + "." + name, content);
                } else {
                  content(content, member, path + "." + name, name, rule);
                }
              });
    }

    private void elements(
        List<Patch.Content> items, ObjectType element, String path, String name, PatchRule rule) {
      Optional<String> key =
          PatchedObjects.listKey(name).filter(_ -> element.fieldTypes().isPresent());
      for (Patch.Content item : items) {
        if (key.isPresent() && item instanceof Patch.Fields fields) {
          named(fields, key.get(), path, name);
        }
        content(item, element, path + "[]", name, rule);
      }
    }

    /// An element of a list that is merged by a key: it must have the key, and containers must
    /// exist while volumes and mounts must not.
    private void named(Patch.Fields item, String key, String path, String list) {
      Optional<String> name = constant(item.members().get(key));
      if (name.isEmpty()) {
        report(
            Code.GOPS6125,
            Diagnostic.of(Code.GOPS6125, path, object, key).hint("hint"),
            item.place());
        return;
      }
      Set<String> containers = containers();
      if (list.equals("containers") && !containers.contains(name.get())) {
        Diagnostic.Builder problem =
            Diagnostic.of(Code.GOPS6122, object + " " + path, name.get())
                .hint("known", String.join(", ", containers));
        report(Code.GOPS6122, problem, item.place());
      }
      if (list.equals("containers")
          && item.members().containsKey("lifecycle")
          && role.hotUpdates().stream().anyMatch(update -> update.name().equals(name.get()))) {
        // Its hooks start the reload; one that waited for the engine would never let it start.
        closed(
            new PatchRule.Closed(PatchRule.Reason.ATTRIBUTE, "reload"), path + ".lifecycle", item);
      }
      if (list.equals("volumes") && volumes().contains(name.get())) {
        closed(new PatchRule.Closed(PatchRule.Reason.ATTRIBUTE, "volume"), path, item);
      }
    }

    private static Optional<String> constant(Patch.@Nullable Content key) {
      return key instanceof Patch.Text(Interpolation text, Optional<Place> _) && text.isConstant()
          ? Optional.of(
              text.parts().stream()
                  .map(part -> part instanceof Interpolation.Literal(String word) ? word : "")
                  .collect(Collectors.joining()))
          : Optional.empty();
    }

    private Set<String> containers() {
      Set<String> names = new TreeSet<>();
      role.containers().stream().map(Container::name).forEach(names::add);
      role.hotUpdates().stream().map(HotUpdate::name).forEach(names::add);
      return names;
    }

    private Set<String> volumes() {
      Set<String> names = new HashSet<>();
      role.volumes().forEach(volume -> names.add(volume.name()));
      ScriptSidecar.volumes(role).forEach(volume -> names.add(volume.getName()));
      return names;
    }
  }
}
