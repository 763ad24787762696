package io.gops.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "3000 | Int[digits=3000]",
        "0.5 | Decimal[number=0.5]",
        "6Gi | Quantity[number=6, unit=Gi]",
        "1.5Gi | Quantity[number=1.5, unit=Gi]",
        "500mcores | Quantity[number=500, unit=mcores]",
        "30min | Quantity[number=30, unit=min]",
        "200/s | Quantity[number=200, unit=/s]",
        "4Mi/player | Quantity[number=4, unit=Mi/player]",
        "2m | Quantity[number=2, unit=m]",
        "180% | Percent[number=180]",
        "0.5% | Percent[number=0.5]",
        "true | Bool[value=true]",
        "false | Bool[value=false]",
        "04:00 | TimeOfDay[hour=4, minute=0]",
        "23:59 | TimeOfDay[hour=23, minute=59]",
        "10.1.0.11 | Address[text=10.1.0.11]",
        "fd00::1 | Address[text=fd00::1]",
        "::1 | Address[text=::1]",
        "2001:db8:0:0:0:0:0:1 | Address[text=2001:db8:0:0:0:0:0:1]",
        "10.20.0.0/16 | Cidr[address=10.20.0.0, prefix=16]",
        "fd00::/8 | Cidr[address=fd00::, prefix=8]",
        "[] | ListLiteral[elements=[]]",
        "{} | ObjectLiteral[entries=[]]",
        "-5 | Negation[operand=Int[digits=5]]",
        "(1) | Int[digits=1]",
      })
  void literals(String text, String expected) {
    assertEquals(expected, Parsed.of("x = " + text).value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "1..30 | from=Int[digits=1], to=Int[digits=30], step=-, except=[]",
        "1..9 step 2 | from=Int[digits=1], to=Int[digits=9], step=Optional[Int[digits=2]], except=[]",
        "1..9 except [3, 5] | from=Int[digits=1], to=Int[digits=9], step=-, except=[Int[digits=3], Int[digits=5]]",
        "10.1.0.1..10.1.0.4 | from=Address[text=10.1.0.1], to=Address[text=10.1.0.4], step=-, except=[]",
        "22:00..06:00 | from=TimeOfDay[hour=22, minute=0], to=TimeOfDay[hour=6, minute=0], step=-, except=[]",
      })
  void ranges(String text, String expected) {
    assertEquals("Range[" + expected + "]", Parsed.of("x = " + text).value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "tcp | NameSegment[text=tcp]",
        "Kubernetes-HostPort | NameSegment[text=Kubernetes-HostPort]",
        "engine.admin | NameSegment[text=engine], NameSegment[text=admin]",
        "secret.clx-db.password | NameSegment[text=secret], NameSegment[text=clx-db], NameSegment[text=password]",
        "clx.\"1.8.3\" | NameSegment[text=clx], QuotedSegment[text=1.8.3]",
        "clx-main.10001 | NameSegment[text=clx-main], NumberSegment[first=10001, last=10001]",
        "clx-main.1..3.x | NameSegment[text=clx-main], NumberSegment[first=1, last=3], NameSegment[text=x]",
        "step | NameSegment[text=step]",
        "from | NameSegment[text=from]",
        "allow | NameSegment[text=allow]",
      })
  void references(String text, String expected) {
    assertEquals(
        "Reference[path=" + Parsed.of("x = " + text).path() + "]",
        Parsed.of("x = " + text).value());
    assertEquals("[" + expected + "]", Parsed.of("x = " + text).segments());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "\"\" | []",
        "\"a // b\" | [Literal[text=a // b]]",
        "\"楚留香\" | [Literal[text=楚留香]]",
        "\"${zone.id}\" | [Interpolation[path=zone.id, digits=0]]",
        "\"hz-${n:03d}x\" | [Literal[text=hz-], Interpolation[path=n, digits=3], Literal[text=x]]",
        "\"$${n}\" | [Literal[text=${n}]]",
        "\"a\\\"b\\\\\" | [Literal[text=a\"b\\]]",
        "\"\\u{4E2D}\" | [Literal[text=中]]",
        "\"{a} $ %\" | [Literal[text={a} $ %]]",
      })
  void strings(String text, String expected) {
    assertEquals("StringLiteral[parts=" + expected + "]", Parsed.of("x = " + text).value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "1 + 2 * 3 | Binary[operator=ADD, left=Int[digits=1], right=Binary[operator=MULTIPLY, left=Int[digits=2], right=Int[digits=3]]]",
        "(1 + 2) * 3 | Binary[operator=MULTIPLY, left=Binary[operator=ADD, left=Int[digits=1], right=Int[digits=2]], right=Int[digits=3]]",
        "6Gi / 2 - a | Binary[operator=SUBTRACT, left=Binary[operator=DIVIDE, left=Quantity[number=6, unit=Gi], right=Int[digits=2]], right=Reference[path=a]]",
      })
  void arithmetic(String text, String expected) {
    assertEquals(expected, Parsed.of("x = " + text).value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "[1, 2,] | ListLiteral[elements=[Int[digits=1], Int[digits=2]]]",
        "[\\n  1\\n  2,\\n  3\\n] | ListLiteral[elements=[Int[digits=1], Int[digits=2], Int[digits=3]]]",
        "[0min -> 100%, 1h -> 49%] | PointList[points=[Point[at=Quantity[number=0, unit=min], value=Percent[number=100]], Point[at=Quantity[number=1, unit=h], value=Percent[number=49]]]]",
        "[[1], []] | ListLiteral[elements=[ListLiteral[elements=[Int[digits=1]]], ListLiteral[elements=[]]]]",
      })
  void lists(String text, String expected) {
    assertEquals(expected, Parsed.of("x = " + text.replace("\\n", "\n")).value());
  }
}
