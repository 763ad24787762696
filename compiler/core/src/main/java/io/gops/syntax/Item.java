package io.gops.syntax;

import io.gops.source.Span;
import java.util.List;
import java.util.Optional;

/// What can stand in a file or in the body of a declaration, one per line.
public sealed interface Item extends Node {
  /// `kind label… from reference { item… }`.
  ///
  /// @param kind the first word; `template zones Standard { … }` has the kind `template` and the
  ///     labels `zones` and `Standard`
  /// @param base the reference after `from`
  /// @param body absent for a declaration without braces, as in `reload inotify`
  record Declaration(
      Span span,
      Optional<DocComment> doc,
      List<Annotation> annotations,
      Name kind,
      List<Label> labels,
      Optional<Path> base,
      Optional<Body> body)
      implements Item {
    public Declaration {
      annotations = List.copyOf(annotations);
      labels = List.copyOf(labels);
    }

    /// The items of the body; none when there is no body.
    public List<Item> items() {
      return body.map(Body::items).orElse(List.of());
    }

    /// Kind and labels: what an error about the declaration underlines.
    public Span head() {
      return labels.isEmpty() ? kind.span() : kind.span().cover(labels.getLast().span());
    }
  }

  /// The braces of a declaration and what they hold.
  ///
  /// @param span from `{` to `}`; to the last item when the `}` is missing
  record Body(Span span, List<Item> items) {
    public Body {
      items = List.copyOf(items);
    }
  }

  /// `path = expression` or `path += expression`.
  record Assignment(
      Span span,
      Optional<DocComment> doc,
      List<Annotation> annotations,
      Path path,
      Operator operator,
      Expression value)
      implements Item {
    public Assignment {
      annotations = List.copyOf(annotations);
    }

    /// What an assignment does to a value that is already there.
    public enum Operator {
      /// `=` replaces it.
      SET,
      /// `+=` appends to it.
      APPEND
    }
  }

  /// `required players`: whoever uses the template must set it.
  record Required(Span span, Optional<DocComment> doc, List<Annotation> annotations, Path path)
      implements Item {
    public Required {
      annotations = List.copyOf(annotations);
    }
  }

  /// `allow FROM -> TO`, `deny FROM <-> TO`.
  ///
  /// @param both whether the arrow is `<->`
  record Rule(
      Span span,
      Optional<DocComment> doc,
      List<Annotation> annotations,
      Verdict verdict,
      Endpoint from,
      boolean both,
      Endpoint to)
      implements Item {
    public Rule {
      annotations = List.copyOf(annotations);
    }

    /// What happens to the traffic a rule names.
    public enum Verdict {
      ALLOW,
      DENY
    }
  }

  /// `expect FROM -> TO`, `expect not FROM -> TO`.
  record ExpectReachable(
      Span span,
      Optional<DocComment> doc,
      List<Annotation> annotations,
      boolean expected,
      Endpoint from,
      Endpoint to)
      implements Item {
    public ExpectReachable {
      annotations = List.copyOf(annotations);
    }
  }

  /// `expect fits { failed_hosts = 2 }`.
  ///
  /// @param arguments the object after the name; empty when there is none
  record ExpectProperty(
      Span span,
      Optional<DocComment> doc,
      List<Annotation> annotations,
      boolean expected,
      Name property,
      List<Assignment> arguments)
      implements Item {
    public ExpectProperty {
      annotations = List.copyOf(annotations);
      arguments = List.copyOf(arguments);
    }
  }

  /// Text that could not be read; its error is already reported, so later phases stay silent.
  record Broken(Span span) implements Item {}
}
