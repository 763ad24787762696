package io.gops.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.FixedOrder;
import io.gops.capacity.HostFill;
import java.io.IOException;
import java.io.OutputStream;

/// The numbers of the proof as JSON: every inequality of every host.
final class CapacityJson {
  private CapacityJson() {}

  /// Writes the numbers in base units; `fillPermille` is rounded up.
  static void write(CapacityProof proof, OutputStream out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(new com.fasterxml.jackson.core.util.DefaultIndenter("  ", "\n"));
      json.setPrettyPrinter(printer);
      json.writeStartObject();
      json.writeNumberField("worstInstantPermille", proof.worstInstant().permille());
      json.writeArrayFieldStart("pools");
      for (CapacityProof.PoolFill pool : proof.pools().values()) {
        json.writeStartObject();
        json.writeStringField("pool", pool.pool());
        json.writeNumberField("worstInstantPermille", pool.worstInstant().permille());
        json.writeNumberField("perHost", pool.perHost());
        json.writeNumberField("largestSafeWave", pool.largestSafeWave());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("hosts");
      for (HostFill host : proof.hosts().values()) {
        host(json, host);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void host(JsonGenerator json, HostFill host) throws IOException {
    json.writeStartObject();
    json.writeStringField("host", host.host());
    json.writeStringField("pool", host.pool());
    json.writeNumberField("largestSafeWave", host.largestSafeWave());
    json.writeArrayFieldStart("groups");
    for (String group : host.occupants()) {
      json.writeString(group);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("measures");
    for (HostFill.MeasureFill measure : host.measures()) {
      json.writeStartObject();
      json.writeStringField("resource", measure.measure().resource().word());
      json.writeStringField("moment", measure.measure().moment().word());
      if (measure.measure().stage().isPresent()) {
        FixedOrder.Stage stage = measure.measure().stage().get();
        json.writeStringField("release", stage.release());
        json.writeNumberField("wave", stage.wave());
        json.writeStringField("waveName", stage.name());
      }
      json.writeNumberField("steady", measure.steady());
      json.writeNumberField("worst", measure.worst());
      json.writeNumberField("limit", measure.limit());
      json.writeNumberField("allocatable", measure.allocatable());
      json.writeNumberField("fillPermille", measure.fill().permille());
      json.writeArrayFieldStart("moving");
      for (String group : measure.moving()) {
        json.writeString(group);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
