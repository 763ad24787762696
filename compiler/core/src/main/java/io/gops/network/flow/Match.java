package io.gops.network.flow;

import io.gops.fleet.Cidr;
import io.gops.fleet.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a flow matches: conditions on different fields, all of which must hold.
///
/// @param fields in the order of [Field]
public record Match(List<FieldMatch> fields) implements Comparable<Match> {
  public static final long ARP_TYPE = 0x0806;
  public static final long IP_TYPE = 0x0800;
  public static final long ICMP = 1;
  public static final long TCP = 6;
  public static final long UDP = 17;

  /// Matches every packet.
  public static final Match ANY = new Match(List.of());

  /// Matches every IPv4 packet.
  public static final Match IP = ANY.with(Field.ETH_TYPE, IP_TYPE);

  /// Matches every ARP packet.
  public static final Match ARP = ANY.with(Field.ETH_TYPE, ARP_TYPE);

  public Match {
    fields = List.copyOf(fields);
    for (int i = 1; i < fields.size(); i++) {
      if (fields.get(i - 1).field().compareTo(fields.get(i).field()) >= 0) {
        throw new IllegalArgumentException("fields out of order: " + fields);
      }
    }
  }

  /// This match and one more field with an exact value.
  public Match with(Field field, long value) {
    return with(new FieldMatch(field, value, field.all()));
  }

  /// This match and an address in a prefix; unchanged for the prefix of all addresses.
  public Match with(Field field, Cidr prefix) {
    if (prefix.length() == 0) {
      return this;
    }
    long mask = 0xFFFF_FFFFL << (32 - prefix.length()) & 0xFFFF_FFFFL;
    return with(new FieldMatch(field, prefix.network().value(), mask));
  }

  /// This match and one more condition; a field may be named once.
  public Match with(FieldMatch condition) {
    List<FieldMatch> longer = new ArrayList<>(fields.size() + 1);
    int i = 0;
    while (i < fields.size() && fields.get(i).field().compareTo(condition.field()) < 0) {
      longer.add(fields.get(i++));
    }
    longer.add(condition);
    longer.addAll(fields.subList(i, fields.size()));
    return new Match(longer);
  }

  /// This match for packets whose connection has all of `set` and none of `clear`.
  public Match connection(List<ConnectionState> set, List<ConnectionState> clear) {
    long value = set.stream().mapToLong(ConnectionState::bit).sum();
    long mask = value + clear.stream().mapToLong(ConnectionState::bit).sum();
    return with(new FieldMatch(Field.CT_STATE, value, mask));
  }

  /// This match for a transport protocol; the match must not name an Ethernet type yet.
  public Match protocol(Port.Protocol protocol) {
    return with(Field.ETH_TYPE, IP_TYPE)
        .with(Field.IP_PROTO, protocol == Port.Protocol.TCP ? TCP : UDP);
  }

  /// The condition on a field.
  public Optional<FieldMatch> on(Field field) {
    for (FieldMatch condition : fields) {
      if (condition.field() == field) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  /// Whether the match demands exactly this value.
  public boolean demands(Field field, long value) {
    return on(field).filter(f -> f.mask() == field.all() && f.value() == value).isPresent();
  }

  /// Whether some packet satisfies both.
  public boolean meets(Match other) {
    for (FieldMatch condition : fields) {
      Optional<FieldMatch> theirs = other.on(condition.field());
      if (theirs.isPresent() && !condition.meets(theirs.get())) {
        return false;
      }
    }
    return true;
  }

  /// Whether each packet that satisfies `other` satisfies this one too.
  public boolean covers(Match other) {
    for (FieldMatch condition : fields) {
      Optional<FieldMatch> theirs = other.on(condition.field());
      if (theirs.isEmpty() || !condition.covers(theirs.get())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(Match other) {
    int shared = Math.min(fields.size(), other.fields.size());
    for (int i = 0; i < shared; i++) {
      int order = fields.get(i).compareTo(other.fields.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(fields.size(), other.fields.size());
  }
}
