package io.gops.adoption;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.diagnostic.Diagnostics;
import io.gops.json.Json;
import io.gops.source.Place;
import io.gops.source.SourceFile;
import io.gops.source.Span;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads Kubernetes objects from YAML or JSON that somebody else wrote. No type of the text is ever
/// constructed: nodes become [Json], within limits on size, depth and aliases.
public final class ManifestReader {
  /// A cluster of ten thousand zones prints about 80 MB.
  private static final int MOST_CHARACTERS = 256 << 20;

  /// Kubernetes itself nests about twenty deep.
  private static final int DEEPEST = 60;

  /// Values of one text, each counted where an alias puts it: a bomb of aliases ends here.
  private static final int MOST_VALUES = 20_000_000;

  private final SourceFile file;
  private final Diagnostics diagnostics;
  private int values;

  private ManifestReader(SourceFile file, Diagnostics diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /// The objects of a text, the items of lists as if they stood alone. What cannot be read is
  /// reported, and nothing behind it is read.
  public static List<Manifest> read(SourceFile file, Diagnostics diagnostics) {
    return new ManifestReader(file, diagnostics).read();
  }

  /// What is YAML and no object of Kubernetes, or more than is read.
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String sentence;
    private final transient Mark mark;

    Refused(String sentence, Mark mark) {
      super(sentence);
      this.sentence = sentence;
      this.mark = mark;
    }
  }

  private List<Manifest> read() {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MOST_CHARACTERS);
    limits.setNestingDepthLimit(DEEPEST);
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(1000);
    List<Manifest> manifests = new ArrayList<>();
    try {
      for (Node node :
          new Yaml(new SafeConstructor(limits)).composeAll(new StringReader(file.text()))) {
        document(node, manifests);
      }
    } catch (Refused refused) {
      report(Diagnostic.of(Code.GOPS2921).saying(refused.sentence), Optional.of(refused.mark));
    } catch (MarkedYAMLException broken) {
      report(Diagnostic.of(Code.GOPS2921), Optional.ofNullable(broken.getProblemMark()));
    } catch (YAMLException broken) {
      report(Diagnostic.of(Code.GOPS2921).saying("limit"), Optional.empty());
    }
    return manifests;
  }

  private void report(Diagnostic.Builder found, Optional<Mark> mark) {
    Place start = new Place(file, new Span(0, 1));
    diagnostics.report(found.at(mark.map(this::place).orElse(start)).hint("hint"));
  }

  private Place place(Mark mark) {
    int line = Math.min(mark.getLine() + 1, file.lineCount());
    return new Place(
        file, new Span(file.lineStart(line), Math.max(1, file.lineText(line).length())));
  }

  private void document(Node node, List<Manifest> into) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      throw new Refused("object", node.getStartMark());
    }
    Optional<Node> items = member(mapping, "items");
    if (items.isPresent() && items.get() instanceof SequenceNode list) {
      list.getValue().forEach(item -> document(item, into));
      return;
    }
    Json.Obj content = object(mapping, 0);
    into.add(new Manifest(content, file, node.getStartMark().getLine() + 1));
  }

  private static Optional<Node> member(MappingNode mapping, String name) {
    return mapping.getValue().stream()
        .filter(
            tuple -> tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  private Json json(Node node, int depth) {
    if (depth > DEEPEST || ++values > MOST_VALUES) {
      throw new Refused("limit", node.getStartMark());
    }
    return switch (node) {
      case MappingNode mapping -> object(mapping, depth);
      case SequenceNode list ->
          new Json.Arr(list.getValue().stream().map(item -> json(item, depth + 1)).toList());
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new Refused("object", node.getStartMark());
    };
  }

  private Json.Obj object(MappingNode mapping, int depth) {
    SortedMap<String, Json> members = new TreeMap<>();
    SortedMap<String, Json> merged = new TreeMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new Refused("object", tuple.getKeyNode().getStartMark());
      }
      if (key.getTag().equals(Tag.MERGE)) {
        merge(tuple.getValueNode(), depth, merged);
        continue;
      }
      if (members.put(key.getValue(), json(tuple.getValueNode(), depth + 1)) != null) {
        throw new Refused("object", key.getStartMark());
      }
    }
    merged.forEach((name, value) -> members.putIfAbsent(name, value));
    return new Json.Obj(members);
  }

  /// Members of the objects behind `<<`; of several with one name the first counts.
  private void merge(Node node, int depth, SortedMap<String, Json> into) {
    List<Node> sources = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    for (Node source : sources) {
      if (!(source instanceof MappingNode mapping) || depth > DEEPEST) {
        throw new Refused("object", node.getStartMark());
      }
      object(mapping, depth + 1).members().forEach((name, value) -> into.putIfAbsent(name, value));
    }
  }

  /// Words that Kubernetes reads as strings although YAML 1.1 has types for them stay strings.
  private static Json scalar(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.equals(Tag.NULL)) {
      return new Json.Null();
    }
    if (tag.equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
      return new Json.Bool(text.equals("true"));
    }
    if (tag.equals(Tag.INT) && text.matches("-?(0|[1-9][0-9]*)")) {
      return new Json.Num(text);
    }
    return Json.of(text);
  }
}
