package io.gops.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gops.fleet.Fleet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ten pairs of one game on one host: an engine of 2Gi that does not change and a sidecar of 100Mi
/// and then 120Mi that does. Each server writes 1Gi.
class ImageDiskTest {
  private static Fleet fleet(String disk) {
    return SmallFleet.of(
        """
        site hz {
          pool std {
            host hz-1 { underlay = 10.1.0.11, cpu = 64cores, memory = 256Gi, disk = %s }
          }
        }
        game go {
          container engine {
            port client { number = 7001 }
            port admin  { number = 3000 }
            image_size = 2Gi
          }
          hot_update scripts {
            files = "/app/scripts"
            mount engine { path = "/srv/scripts" }
            reload http  { port = engine.admin }
            image_size = 100Mi
          }
          profile { base { cpu = 100mcores, memory = 1Gi, disk = 1Gi } }
          version "1" {
            engine  = "registry.example.com/go:1@%s"
            scripts = "registry.example.com/go-scripts:1@%s"
          }
          version "2" from "1" {
            scripts = "registry.example.com/go-scripts:2@%s"
            hot_update scripts { image_size = 120Mi }
          }
        }
        zones go-main { game = go, ids = 1..10, run = "1", pool = hz.std }
        release hot_reload go-2 { zones = go-main, to = "2" }
        """
            .formatted(disk, SmallFleet.digest(1), SmallFleet.digest(2), SmallFleet.digest(3)));
  }

  /// 2048 + 100 + 120 MiB of images whatever the number of servers, and 10240 MiB that they write.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          12508Mi | ''
          12507Mi | GOPS3003 pool hz.std disk: short 1Mi; its 10 groups need 10Gi, its 1 host has 10Gi for them
          2268Mi  | GOPS3002 group 1 fits on no host of pool hz.std: even hz-1 is short of 1Gi disk at cut-over
          2267Mi  | GOPS3014 host hz-1 disk: short 1Mi for images; 3 images, old and new, take 2.3Gi of 2.3Gi
          """)
  void eachImageCountsOnceAndOldAndNewOfWhatChanges(String disk, String error) {
    assertEquals(error.isEmpty() ? List.of() : List.of(error), SmallFleet.errors(fleet(disk)));
  }
}
