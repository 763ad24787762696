package io.gops.report;

import io.gops.capacity.CapacityProof;
import io.gops.capacity.Fill;
import io.gops.capacity.HostFill;
import io.gops.layout.Layouts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// An SVG with one bar for each of the fullest hosts: steady use, what the moving pairs add at the
/// worst instant, and the mark that it may not pass.
final class CapacityPicture {
  /// More bars than a reader would look at.
  private static final int MOST_HOSTS = 40;

  /// Width of a bar that fills what the host offers, in pixels.
  private static final int FULL = 600;

  private CapacityPicture() {}

  /// A bar, its lengths in pixels.
  public record Bar(
      String host, String label, int y, int steady, int extra, int limit, String fill) {}

  /// The picture of a proof.
  static String svg(CapacityProof proof) {
    List<HostFill> fullest =
        proof.hosts().values().stream()
            .filter(host -> !host.occupants().isEmpty())
            .sorted(
                Comparator.comparing(HostFill::worstInstant)
                    .reversed()
                    .thenComparing(HostFill::host))
            .limit(MOST_HOSTS)
            .toList();
    List<Bar> bars =
        java.util.stream.IntStream.range(0, fullest.size())
            .mapToObj(i -> bar(fullest.get(i), i))
            .toList();
    return Layouts.svg(
        "capacity.svg.ftl",
        Map.of(
            "bars",
            bars,
            "height",
            64 + 18 * bars.size(),
            "hosts",
            proof.hosts().size(),
            "worst",
            proof.worstInstant().toString()));
  }

  private static Bar bar(HostFill host, int row) {
    HostFill.MeasureFill tightest = Tightest.of(host);
    int steady = pixels(tightest.steady(), tightest.allocatable());
    int worst = pixels(tightest.worst(), tightest.allocatable());
    return new Bar(
        host.host(),
        tightest.measure().resource().word(),
        56 + 18 * row,
        steady,
        worst - steady,
        pixels(tightest.limit(), tightest.allocatable()),
        tightest.fill().toString());
  }

  private static int pixels(long amount, long whole) {
    return whole == 0 ? 0 : (int) Math.ceilDiv(new Fill(amount, whole).permille() * FULL, 1000);
  }
}
