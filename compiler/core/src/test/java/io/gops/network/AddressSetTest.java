package io.gops.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gops.fleet.Cidr;
import io.gops.fleet.Ipv4;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AddressSetTest {
  @Property(tries = 300)
  void operationsAgreeWithMembership(
      @ForAll("prefixes") List<Cidr> one, @ForAll("prefixes") List<Cidr> two) {
    AddressSet a = AddressSet.of(one);
    AddressSet b = AddressSet.of(two);
    for (long value = 0; value < 256; value++) {
      Ipv4 address = new Ipv4(value);
      boolean inA = one.stream().anyMatch(p -> p.contains(address));
      boolean inB = two.stream().anyMatch(p -> p.contains(address));
      assertEquals(inA, a.contains(address));
      assertEquals(inA || inB, a.plus(b).contains(address));
      assertEquals(inA && !inB, a.minus(b).contains(address));
      assertEquals(inA && inB, a.and(b).contains(address));
    }
  }

  @Property(tries = 300)
  void prefixesAreTheSetAndDoNotOverlap(@ForAll("prefixes") List<Cidr> some) {
    AddressSet set = AddressSet.of(some);
    List<Cidr> prefixes = set.prefixes();
    assertEquals(set, AddressSet.of(prefixes));
    assertEquals(set.size(), prefixes.stream().mapToLong(Cidr::size).sum());
  }

  @Test
  void positionsCountThroughTheGaps() {
    AddressSet set = AddressSet.of(List.of(new Cidr(new Ipv4(8), 30), new Cidr(new Ipv4(16), 31)));
    assertEquals(new Ipv4(8), set.at(0));
    assertEquals(new Ipv4(17), set.at(5));
    assertThrows(IndexOutOfBoundsException.class, () -> set.at(6));
  }

  @Test
  void everythingIsOnePrefix() {
    assertEquals(List.of(Cidr.EVERYTHING), AddressSet.of(Cidr.EVERYTHING).prefixes());
  }

  @Provide
  Arbitrary<List<Cidr>> prefixes() {
    Arbitrary<Cidr> prefix =
        Combinators.combine(
                Arbitraries.longs().between(0, 255), Arbitraries.integers().between(0, 8))
            .as((value, bits) -> new Cidr(new Ipv4(value >> bits << bits), 32 - bits));
    return prefix.list().ofMaxSize(6);
  }
}
