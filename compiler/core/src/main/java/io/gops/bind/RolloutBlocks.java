package io.gops.bind;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gops.diagnostic.Code;
import io.gops.diagnostic.Diagnostic;
import io.gops.fleet.Rollouts;
import io.gops.schema.TextShape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes what a cluster says of its releases.
final class RolloutBlocks {
  private RolloutBlocks() {}

  static Rollouts rollouts(Attributes rollout, Problems problems) {
    SortedMap<String, List<String>> signers = new TreeMap<>();
    for (Attributes signer : rollout.children("signer")) {
      signers.put(signer.block().label(), keys(signer, problems));
    }
    Rollouts.Approval approval =
        rollout
            .constant("approval", Rollouts.Approval.class)
            .orElse(signers.isEmpty() ? Rollouts.Approval.RECORD : Rollouts.Approval.SIGNED);
    if (approval == Rollouts.Approval.SIGNED && signers.isEmpty()) {
      problems.report(Diagnostic.of(Code.GOPS5560).at(rollout.place("approval")).hint("hint"));
    }
    return new Rollouts(
        approval,
        signers,
        repository(rollout, problems),
        rollout.children("workflow").stream().findFirst().map(RolloutBlocks::workflow),
        rollout.origins());
  }

  /// A repository that stands beside `apply = direct` is one for later.
  private static Optional<Rollouts.Repository> repository(Attributes rollout, Problems problems) {
    Optional<Attributes> block = rollout.children("repository").stream().findFirst();
    String apply = rollout.word("apply").orElse(block.isPresent() ? "gitops" : "direct");
    if (apply.equals("direct")) {
      return Optional.empty();
    }
    if (block.isEmpty()) {
      problems.report(Diagnostic.of(Code.GOPS5561).at(rollout.place("apply")).hint("hint"));
    }
    return block.map(
        found ->
            new Rollouts.Repository(
                found.text("branch").orElse(""),
                found.text("folder").orElse(""),
                found.text("manager").orElse("")));
  }

  private static Rollouts.Workflow workflow(Attributes workflow) {
    return new Rollouts.Workflow(
        workflow.text("namespace").orElse(""),
        workflow.text("service_account").orElse(""),
        workflow.text("image").orElse(""),
        workflow.text("claim").orElse(""),
        workflow.text("folder").orElse(""),
        workflow.text("output").orElse(""),
        workflow.text("prometheus"));
  }

  private static List<String> keys(Attributes signer, Problems problems) {
    List<String> keys = new ArrayList<>();
    for (Value.Placed element : signer.elements("keys")) {
      Attributes.constant(element.value())
          .ifPresent(
              text -> {
                String[] words = text.split(" ", 3);
                if (isKey(words[0], words[1])) {
                  keys.add(words[0] + " " + words[1]);
                } else {
                  problems.report(
                      Diagnostic.of(Code.GOPS2010, "keys", TextShape.PUBLIC_KEY.description())
                          .at(element.place()));
                }
              });
    }
    return keys;
  }

  /// Whether the encoded part says the type that stands before it (RFC 4253, 6.6), so that a key
  /// that was cut off or put together is found before somebody's approval is refused.
  private static boolean isKey(String type, String encoded) {
    try {
      ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
      byte[] name = new byte[type.length()];
      if (blob.remaining() < Integer.BYTES || blob.getInt() != name.length) {
        return false;
      }
      if (blob.remaining() <= name.length) {
        return false;
      }
      blob.get(name);
      return new String(name, UTF_8).equals(type);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
