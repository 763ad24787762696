package io.gops.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.network.flow.Flow;
import io.gops.network.trace.CookieUse;
import io.gops.network.trace.Meaning;
import io.gops.network.trace.SwitchTrace;
import io.gops.network.trace.TracedPath;
import io.gops.source.Place;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A trace as members of the JSON of a report.
final class TraceMembers {
  private final UnaryOperator<String> paths;
  private final JsonGenerator json;

  TraceMembers(UnaryOperator<String> paths, JsonGenerator json) {
    this.paths = paths;
    this.json = json;
  }

  void path(TracedPath path) throws IOException {
    json.writeObjectFieldStart("trace");
    json.writeStringField("from", path.from().name());
    json.writeStringField("to", path.to().name());
    json.writeStringField("service", path.service().toString());
    if (path.vpc().isPresent()) {
      json.writeStringField("vpc", path.vpc().get());
    }
    json.writeBooleanField("delivered", path.isDelivered());
    json.writeStringField("verdict", path.verdict());
    json.writeArrayFieldStart("remarks");
    for (String remark : path.remarks()) {
      json.writeString(remark);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("nodes");
    for (TracedPath.Hop hop : path.hops()) {
      json.writeStartObject();
      json.writeStringField("node", hop.node());
      json.writeArrayFieldStart("tables");
      for (TracedPath.Step step : hop.steps()) {
        json.writeStartObject();
        json.writeNumberField("table", step.table().number());
        json.writeStringField("name", step.table().label());
        json.writeStringField("says", step.says());
        flow(step.flow());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    if (path.advice().isPresent()) {
      TracedPath.Advice advice = path.advice().get();
      json.writeObjectFieldStart("advice");
      json.writeStringField("sentence", advice.sentence());
      if (advice.rule().isPresent()) {
        json.writeStringField("rule", advice.rule().get());
      }
      place(advice.place());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void flow(Optional<Flow> flow) throws IOException {
    if (flow.isEmpty()) {
      return;
    }
    json.writeNumberField("priority", flow.get().priority());
    json.writeStringField("cookie", "0x" + Long.toHexString(flow.get().cookie()));
    json.writeStringField("declaration", flow.get().declaration().path());
    place(flow.get().declaration().place());
  }

  private void place(Optional<Place> place) throws IOException {
    if (place.isPresent()) {
      json.writeStringField("file", paths.apply(place.get().file().path()));
      json.writeNumberField("line", place.get().line());
      json.writeNumberField("column", place.get().column());
    }
  }

  void cookie(CookieUse use) throws IOException {
    json.writeObjectFieldStart("cookie");
    json.writeStringField("meaning", Meaning.of(use.example()));
    json.writeStringField("kind", Meaning.kind(use.example().kind()));
    flow(Optional.of(use.example()));
    json.writeObjectFieldStart("flowsByTable");
    for (var entry : use.tables().entrySet()) {
      json.writeNumberField(Integer.toString(entry.getKey().number()), entry.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("nodes");
    for (String node : use.nodes()) {
      json.writeString(node);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  void reading(SwitchTrace.Reading reading) throws IOException {
    json.writeObjectFieldStart("switchTrace");
    json.writeBooleanField("dropped", reading.isDropped());
    json.writeArrayFieldStart("flows");
    for (SwitchTrace.Line line : reading.lines()) {
      if (line.flow().isPresent()) {
        json.writeStartObject();
        json.writeNumberField("table", line.flow().get().table().number());
        json.writeStringField("meaning", Meaning.of(line.flow().get()));
        flow(line.flow());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
