package io.gops.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reading and printing IPv6 addresses, against the Java library and the examples of RFC 5952.
class Ipv6Properties {
  /// Many groups are 0, so that runs of zeros of all lengths come up.
  @Provide
  Arbitrary<Ipv6> addresses() {
    Arbitrary<Long> half =
        Arbitraries.of(0L, 0L, 0L, 1L, 0xDB8L, 0xFFFFL)
            .list()
            .ofSize(4)
            .map(groups -> groups.stream().reduce(0L, (bits, group) -> bits << 16 | group));
    return Combinators.combine(half, half).as(Ipv6::new);
  }

  @Property
  void printedTextIsReadBack(@ForAll("addresses") Ipv6 address) {
    assertEquals(Optional.of(address), Ipv6.parse(address.toString()));
  }

  @Property
  void theLibraryReadsTheSame(@ForAll("addresses") Ipv6 address) throws UnknownHostException {
    byte[] bytes = InetAddress.getByName(address.toString()).getAddress();
    // The library turns an IPv4-mapped address into an IPv4 address.
    ByteBuffer read = ByteBuffer.wrap(bytes);
    if (bytes.length == 16) {
      assertEquals(address, new Ipv6(read.getLong(), read.getLong()));
    } else {
      assertEquals(address, new Ipv6(0, 0xFFFF_0000_0000L | (read.getInt() & 0xFFFF_FFFFL)));
    }
  }

  @Property
  void noOtherTextOfTheAddressIsShorter(@ForAll("addresses") Ipv6 address) {
    String text = address.toString();
    if (text.startsWith("::ffff:") && text.contains(".")) {
      return;
    }
    assertTrue(text.length() <= full(address).length(), text);
    assertEquals(Optional.of(address), Ipv6.parse(full(address)));
  }

  private static String full(Ipv6 address) {
    String digits = String.format("%016x%016x", address.high(), address.low());
    return digits.replaceAll("(.{4})(?=.)", "$1:");
  }

  @ParameterizedTest
  @CsvSource({
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "fe80::, fe80::",
    "::FFFF:192.0.2.1, ::ffff:192.0.2.1",
    "::ffff:c000:201, ::ffff:192.0.2.1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
  })
  void theFormOfRfc5952(String written, String printed) {
    assertEquals(printed, Ipv6.parse(written).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7::8:9",
        "::1.2.3",
        "::1.2.3.256",
        "1.2.3.4::",
        "::1.2.3.4:5"
      })
  void whatIsNone(String text) {
    assertEquals(Optional.empty(), Ipv6.parse(text));
  }

  @Test
  void aPrefixHasNoHostBits() {
    Ipv6 address = Ipv6.parse("2001:db8::ff:1").orElseThrow();
    assertEquals("2001:db8::/32", Cidr6.around(address, 32).toString());
    assertEquals("2001:db8::/64", Cidr6.around(address, 64).toString());
    assertEquals("2001:db8::ff:0/112", Cidr6.around(address, 112).toString());
    assertEquals("2001:db8::ff:1/128", Cidr6.around(address, 128).toString());
    assertEquals("::/0", Cidr6.around(address, 0).toString());
  }
}
