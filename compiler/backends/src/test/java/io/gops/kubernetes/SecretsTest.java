package io.gops.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets as files and for pulling images: references that Kubernetes resolves.
class SecretsTest {
  private static final Path BASE =
      Path.of(System.getProperty("gops.root"), "docs", "diagnostics", "example-fleet.gops");
  private static final String IMAGE = "registry.example.com/go:1@sha256:" + "1f".repeat(32);

  @TempDir Path folder;

  private String zone(String version) throws IOException {
    Files.writeString(folder.resolve("base.gops"), Files.readString(BASE));
    Files.writeString(
        folder.resolve("fleet.gops"),
        "fleet demo { environment default { cluster = hz, include = [\"base.gops\", \"go.gops\"] }"
            + " }");
    Files.writeString(
        folder.resolve("go.gops"),
        """
        secret tls   { object = "go-tls.2027", keys = ["tls.crt", "tls.key"] }
        secret login { keys = ".dockerconfigjson" }
        secret other { keys = ".dockerconfigjson" }
        game go {
          pull_secret = login
          role gate   { container gate { mount tls { path = "/etc/tls" } }, volume secret tls { secret = tls } }
          role engine {
            container engine { mount key { path = "/etc/key" } }
            volume secret key { secret = tls, keys = "tls.key" }
          }
          version "1" { engine = "%s", gate = "%s" }
          version "2" from "1" { pull_secret = [login, other] }
        }
        zones go-main { game = go, ids = 101, run = "%s", pool = hz.std, players = 0 }
        """
            .formatted(IMAGE, IMAGE, version));
    return CompiledFleet.of(folder.toRealPath())
        .manifests()
        .getOrDefault("default/hz/kubernetes/go/zone-101.yaml", "");
  }

  @Test
  void areMountedReadOnly() throws IOException {
    String zone = zone("1");
    assertTrue(
        zone.contains(
            """
                    volumeMounts:
                    - mountPath: /etc/key
                      name: key
                      readOnly: true
            """),
        zone);
    assertTrue(
        zone.contains(
            """
                  - name: key
                    secret:
                      defaultMode: 292
                      items:
                      - key: tls.key
                        path: tls.key
                      optional: false
                      secretName: go-tls.2027
            """),
        zone);
    assertTrue(
        zone.contains(
            """
                  - name: tls
                    secret:
                      defaultMode: 292
                      optional: false
                      secretName: go-tls.2027
            """),
        zone);
  }

  /// Every role pulls from the registry, and a version may need another one.
  @Test
  void pullTheImagesOfEveryRole() throws IOException {
    String one = "      imagePullSecrets:\n      - name: login\n      priority";
    String two =
        "      imagePullSecrets:\n      - name: login\n      - name: other\n      priority";
    assertEquals(2, zone("1").split(one, -1).length - 1);
    assertEquals(2, zone("2").split(two, -1).length - 1);
  }
}
