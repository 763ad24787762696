package io.gops.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gops.capacity.CapacityProof;
import io.gops.capacity.HostFill;
import io.gops.capacity.Machine;
import io.gops.outlook.CapacityAnswer;
import io.gops.outlook.Moves;
import io.gops.outlook.PoolOutlook;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/// What is known of capacity, for programs. Amounts are base units.
final class CapacityMembers {
  private final JsonGenerator json;

  private CapacityMembers(JsonGenerator json) {
    this.json = json;
  }

  static void write(List<CapacityAnswer> answers, JsonGenerator json) throws IOException {
    CapacityMembers members = new CapacityMembers(json);
    json.writeArrayFieldStart("capacity");
    for (CapacityAnswer answer : answers) {
      members.answer(answer);
    }
    json.writeEndArray();
  }

  private void answer(CapacityAnswer answer) throws IOException {
    json.writeStartObject();
    json.writeStringField("environment", answer.environment());
    json.writeBooleanField("holds", answer.proof().isPresent());
    if (answer.proof().isPresent()) {
      CapacityProof proof = answer.proof().get();
      json.writeNumberField("worstInstantPermille", proof.worstInstant().permille());
    }
    json.writeArrayFieldStart("tightest");
    for (HostFill host : answer.tightest()) {
      json.writeStartObject();
      json.writeStringField("host", host.host());
      json.writeNumberField("worstInstantPermille", host.worstInstant().permille());
      json.writeNumberField("largestSafeWave", host.largestSafeWave());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("pools");
    for (PoolOutlook pool : answer.pools()) {
      pool(pool);
    }
    for (CapacityAnswer.Missing missing : answer.missing()) {
      missing(missing);
    }
    json.writeEndArray();
    if (answer.loss().isPresent()) {
      loss(answer.loss().get());
    }
    if (answer.moves().isPresent()) {
      moves(answer.moves().get());
    }
    json.writeEndObject();
  }

  private void pool(PoolOutlook pool) throws IOException {
    json.writeStartObject();
    json.writeStringField("pool", pool.pool());
    json.writeBooleanField("holds", true);
    json.writeNumberField("largestSafeWave", pool.largestSafeWave());
    json.writeArrayFieldStart("sets");
    for (PoolOutlook.More more : pool.sets()) {
      json.writeStartObject();
      json.writeStringField("set", more.set());
      json.writeNumberField("like", more.like());
      json.writeNumberField("zonesThatFit", more.fit());
      if (more.asked() > 0) {
        json.writeNumberField("addedZones", more.asked());
        optional("hostsNeeded", more.hostsNeeded());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void missing(CapacityAnswer.Missing missing) throws IOException {
    json.writeStartObject();
    json.writeStringField("pool", missing.pool());
    json.writeBooleanField("holds", false);
    optional("hostsNeeded", missing.hosts());
    optional("hostsNeededWhenMoved", missing.whenMoved());
    json.writeStringField("like", missing.like().map(Machine::name).orElse(""));
    strings("remedies", missing.remedies());
    json.writeEndObject();
  }

  private void strings(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void optional(String name, OptionalInt value) throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsInt());
    }
  }

  private void loss(CapacityAnswer.Loss loss) throws IOException {
    json.writeObjectFieldStart("loss");
    strings("hosts", loss.hosts());
    json.writeBooleanField("holds", loss.holds());
    strings("fullPools", loss.full());
    json.writeNumberField("worstInstantPermille", loss.worst().permille());
    json.writeArrayFieldStart("groups");
    for (CapacityAnswer.Refuge refuge : loss.to()) {
      json.writeStartObject();
      json.writeStringField("group", refuge.group());
      json.writeStringField("host", refuge.host());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void moves(List<Moves.Move> moves) throws IOException {
    json.writeArrayFieldStart("moves");
    for (Moves.Move move : moves) {
      json.writeStartObject();
      json.writeStringField("name", move.name());
      json.writeStringField("from", move.from().orElse(""));
      json.writeStringField("to", move.to());
      json.writeBooleanField("primaryMoves", move.primaryMoves());
      json.writeStringField("why", move.why());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
