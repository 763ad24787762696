package io.gops.openvswitch;

import io.gops.network.flow.Action;
import io.gops.network.flow.ConnectionState;
import io.gops.network.flow.Field;
import io.gops.network.flow.FieldMatch;
import io.gops.network.flow.Flow;
import io.gops.network.flow.FlowGroup;
import io.gops.network.flow.FlowMeter;
import io.gops.network.flow.FlowTable;
import io.gops.network.flow.Match;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Prints flows and groups as ovs-ofctl(8) reads them and Open vSwitch prints them.
///
/// Every byte comes from numbers and fixed words: no text of a person can become syntax here. A
/// printer is one buffer that is reused, because tables have hundreds of thousands of lines.
final class FlowText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int FLUSH_AT = 1 << 16;
  private static final String ZONE = "zone=NXM_NX_REG4[0..15]";

  private byte[] buffer = new byte[FLUSH_AT + (1 << 12)];
  private int length;

  /// Writes one flow a line.
  static void writeFlows(List<Flow> flows, OutputStream out) throws IOException {
    FlowText text = new FlowText();
    for (Flow flow : flows) {
      text.flow(flow);
      text.put('\n');
      if (text.length >= FLUSH_AT) {
        text.drain(out);
      }
    }
    text.drain(out);
  }

  /// Writes one group a line, as `ovs-ofctl mod-group` takes it.
  static void writeGroups(List<FlowGroup> groups, OutputStream out) throws IOException {
    FlowText text = new FlowText();
    for (FlowGroup group : groups) {
      text.group(group);
      text.put('\n');
    }
    text.drain(out);
  }

  /// Writes one meter a line, as `ovs-ofctl mod-meter` takes it.
  static void writeMeters(List<FlowMeter> meters, OutputStream out) throws IOException {
    FlowText text = new FlowText();
    for (FlowMeter meter : meters) {
      text.put("meter=");
      text.number(meter.id());
      text.put(",kbps,burst,band=type=drop,rate=");
      text.number(meter.kbps());
      text.put(",burst_size=");
      text.number(meter.burst());
      text.put('\n');
    }
    text.drain(out);
  }

  /// One group without a line end.
  static String groupLine(FlowGroup group) {
    FlowText text = new FlowText();
    text.group(group);
    return new String(text.buffer, 0, text.length, StandardCharsets.US_ASCII);
  }

  private void drain(OutputStream out) throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }

  private void flow(Flow flow) {
    put("cookie=");
    hex(flow.cookie());
    put(",table=");
    number(flow.table().number());
    put(",priority=");
    number(flow.priority());
    match(flow.match());
    put(" actions=");
    if (flow.actions().isEmpty()) {
      put("drop");
    }
    actions(flow.actions());
  }

  private void group(FlowGroup group) {
    put("group_id=");
    number(group.id());
    switch (group.kind()) {
      case SELECT -> put(",type=select,selection_method=hash,fields(ip_src,ip_dst)");
      case FIRST_LIVE -> put(",type=ff");
    }
    for (FlowGroup.Bucket bucket : group.buckets()) {
      put(",bucket=bucket_id:");
      number(bucket.id());
      if (group.kind() == FlowGroup.Kind.SELECT) {
        put(",weight:");
        number(bucket.weight());
      }
      bucket.watch().ifPresent(this::watch);
      put(",actions=");
      actions(bucket.actions());
    }
  }

  private void watch(FlowGroup.Watch watch) {
    switch (watch) {
      case FlowGroup.Watch.Port port -> {
        put(",watch_port:");
        number(port.number());
      }
      case FlowGroup.Watch.Group group -> {
        put(",watch_group:");
        number(group.id());
      }
    }
  }

  private void match(Match match) {
    List<FieldMatch> fields = match.fields();
    long protocol = -1;
    for (int i = 0; i < fields.size(); i++) {
      FieldMatch condition = fields.get(i);
      boolean named = condition.field() == Field.ETH_TYPE || condition.field() == Field.IP_PROTO;
      if (condition.field() == Field.IP_PROTO) {
        protocol = condition.value();
      }
      // `tcp` says the Ethernet type too, so that type is left out before a protocol.
      if (condition.field() == Field.ETH_TYPE
          && i + 1 < fields.size()
          && fields.get(i + 1).field() == Field.IP_PROTO) {
        continue;
      }
      put(',');
      if (named) {
        put(protocolName(condition));
      } else {
        put(condition.field() == Field.PORT_DST ? portName(protocol) : condition.field().text());
        put('=');
        value(condition);
      }
    }
  }

  private static String protocolName(FieldMatch condition) {
    if (condition.field() == Field.ETH_TYPE) {
      return condition.value() == Match.ARP_TYPE ? "arp" : "ip";
    }
    return switch ((int) condition.value()) {
      case (int) Match.TCP -> "tcp";
      case (int) Match.UDP -> "udp";
      case (int) Match.ICMP -> "icmp";
      default -> throw new IllegalStateException("protocol " + condition.value());
    };
  }

  private static String portName(long protocol) {
    return protocol == Match.TCP ? "tcp_dst" : "udp_dst";
  }

  private void value(FieldMatch condition) {
    Field field = condition.field();
    if (field == Field.CT_STATE) {
      state(condition);
      return;
    }
    value(field, condition.value());
    if (condition.mask() != field.all()) {
      put('/');
      if (isAddress(field)) {
        number(Long.bitCount(condition.mask()));
      } else {
        hex(condition.mask());
      }
    } else if (field == Field.CT_LABEL) {
      put("/0xffffffff");
    }
  }

  private void state(FieldMatch condition) {
    for (ConnectionState state : ConnectionState.values()) {
      if ((condition.mask() & state.bit()) != 0) {
        put((condition.value() & state.bit()) != 0 ? '+' : '-');
        put(state.word());
      }
    }
  }

  private void value(Field field, long value) {
    switch (field) {
      case TUN_SRC, TUN_DST, IP_SRC, IP_DST, ARP_SPA, ARP_TPA -> address(value);
      case ETH_SRC, ETH_DST, ARP_SHA, ARP_THA -> mac(value);
      case CT_MARK,
          CT_LABEL,
          TUN_ID,
          VPC,
          OUT_PORT,
          GATEWAY_GROUP,
          CT_ZONE,
          RULE,
          SOURCE,
          TUNNEL_PEER ->
          hex(value);
      case CONJ_ID, CT_STATE, ETH_TYPE, IP_PROTO, IN_PORT, ARP_OP, PORT_DST -> number(value);
    }
  }

  private static boolean isAddress(Field field) {
    return switch (field) {
      case TUN_SRC, TUN_DST, IP_SRC, IP_DST, ARP_SPA, ARP_TPA -> true;
      case ETH_SRC,
          ETH_DST,
          ARP_SHA,
          ARP_THA,
          CT_MARK,
          CT_LABEL,
          TUN_ID,
          VPC,
          OUT_PORT,
          GATEWAY_GROUP,
          CT_ZONE,
          RULE,
          SOURCE,
          TUNNEL_PEER,
          CONJ_ID,
          CT_STATE,
          ETH_TYPE,
          IP_PROTO,
          IN_PORT,
          ARP_OP,
          PORT_DST ->
          false;
    };
  }

  private void actions(List<? extends Action> actions) {
    for (int i = 0; i < actions.size(); i++) {
      if (i > 0) {
        put(',');
      }
      action(actions.get(i));
    }
  }

  private void action(Action action) {
    switch (action) {
      case Action.SetField set -> {
        put("set_field:");
        value(set.field(), set.value());
        put("->");
        put(set.field().text());
      }
      case Action.Move move -> {
        put("move:");
        put(move.from().bits());
        put("->");
        put(move.to().bits());
      }
      case Action.Push push -> {
        put("push:");
        put(push.field().bits());
      }
      case Action.Pop pop -> {
        put("pop:");
        put(pop.field().bits());
      }
      case Action.DecTtl _ -> put("dec_ttl");
      case Action.Meter meter -> {
        put("meter:");
        number(meter.id());
      }
      case Action.SetQueue queue -> {
        put("set_queue:");
        number(queue.id());
      }
      case Action.Conntrack conntrack -> conntrack(conntrack);
      case Action.GotoTable next -> {
        put("goto_table:");
        number(next.table().number());
      }
      case Action.Group group -> {
        put("group:");
        number(group.id());
      }
      case Action.Conjunction clause -> {
        put("conjunction(");
        number(clause.id());
        put(',');
        number(clause.clause());
        put('/');
        number(clause.of());
        put(')');
      }
      case Action.Output output -> {
        put("output:");
        number(output.port());
      }
      case Action.OutputRegister output -> {
        put("output:");
        put(output.field().bits());
      }
      case Action.OutputInPort _ -> put("IN_PORT");
    }
  }

  private void conntrack(Action.Conntrack conntrack) {
    put("ct(");
    if (conntrack.commit()) {
      put("commit,");
    }
    conntrack.next().map(FlowTable::number).ifPresent(this::nextTable);
    put(ZONE);
    switch (conntrack.nat()) {
      case Action.Nat.None _ -> {}
      case Action.Nat.Restore _ -> put(",nat");
      case Action.Nat.Source source -> {
        put(",nat(src=");
        address(source.address().value());
        put(')');
      }
      case Action.Nat.Destination destination -> {
        put(",nat(dst=");
        address(destination.address().value());
        put(')');
      }
    }
    if (!conntrack.exec().isEmpty()) {
      put(",exec(");
      actions(conntrack.exec());
      put(')');
    }
    put(')');
  }

  private void nextTable(int number) {
    put("table=");
    number(number);
    put(',');
  }

  private void put(char c) {
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    buffer[length++] = (byte) c;
  }

  @SuppressWarnings("deprecation") // The only copy without a charset encoder; the text is ASCII.
  private void put(String text) {
    int size = text.length();
    if (length + size > buffer.length) {
      buffer = Arrays.copyOf(buffer, (buffer.length + size) * 2);
    }
    text.getBytes(0, size, buffer, length);
    length += size;
  }

  private void number(long value) {
    if (value >= 10) {
      number(value / 10);
    }
    put((char) ('0' + value % 10));
  }

  private void hex(long value) {
    put("0x");
    int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
    for (int i = digits - 1; i >= 0; i--) {
      put((char) HEX[(int) (value >>> (4 * i)) & 15]);
    }
  }

  private void address(long value) {
    number(value >> 24);
    put('.');
    number(value >> 16 & 255);
    put('.');
    number(value >> 8 & 255);
    put('.');
    number(value & 255);
  }

  private void mac(long value) {
    for (int shift = 40; shift >= 0; shift -= 8) {
      put((char) HEX[(int) (value >> (shift + 4)) & 15]);
      put((char) HEX[(int) (value >> shift) & 15]);
      if (shift > 0) {
        put(':');
      }
    }
  }
}
