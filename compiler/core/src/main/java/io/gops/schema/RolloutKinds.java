package io.gops.schema;

import static io.gops.schema.Attribute.attribute;
import static io.gops.schema.Kind.kind;

/// `rollout` of a cluster: how its releases are carried out.
final class RolloutKinds {
  private RolloutKinds() {}

  static Kind rollout() {
    return kind(
            "rollout",
            "How releases of this cluster are carried out. It stands in every plan, so whoever"
                + " approves a plan approves this, too.")
        .attributes(
            attribute(
                    "approval",
                    Types.word("record", "signed"),
                    "What lets a step pass that needs somebody to agree: a line in the journal, or a"
                        + " tag or commit of git that a `signer` has signed. When left out: `signed`"
                        + " if there are signers, else `record`.")
                .mayDifferByEnvironment(),
            attribute(
                "apply",
                Types.word("direct", "gitops"),
                "Who writes to the cluster: the runner, or a GitOps controller such as Argo CD or"
                    + " Flux, for which the runner commits each step. When left out: `gitops` if"
                    + " there is a `repository`, else `direct`."))
        .nested(signer(), repository(), workflow())
        .build();
  }

  private static Kind repository() {
    return kind(
            "repository",
            "Where the generated manifests are committed for a GitOps controller. A step that changes"
                + " them becomes one commit there, its undo a commit that reverts it; the runner waits"
                + " until the cluster is as the commit says.")
        .attributes(
            attribute(
                    "branch",
                    Types.text(TextShape.BRANCH),
                    "The branch that the controller follows.")
                .defaultsTo("\"main\""),
            attribute(
                    "folder",
                    Types.text(TextShape.RELATIVE_FOLDER),
                    "Folder of the repository that holds what `compile` writes to `kubernetes/`.")
                .mustBeGiven()
                .like("\"out/prod/hz/kubernetes\""),
            attribute(
                    "manager",
                    Types.text(TextShape.DNS_SUBDOMAIN),
                    "Field manager of the controller: `argocd-controller` is that of Argo CD,"
                        + " `kustomize-controller` that of Flux.")
                .defaultsTo("\"argocd-controller\""))
        .build();
  }

  private static Kind workflow() {
    return kind(
            "workflow",
            "With it there is a `workflow.yaml` beside each plan: an Argo Workflow that calls the"
                + " runner step by step, a pod for each step. The journal stays in the volume, so a"
                + " pod that dies is resumed by the next one.")
        .attributes(
            attribute("namespace", Types.text(TextShape.DNS_LABEL), "Namespace of the workflow.")
                .defaultsTo("\"argo\""),
            attribute(
                    "service_account",
                    Types.text(TextShape.DNS_SUBDOMAIN),
                    "Service account of its pods, which may do what the runner does.")
                .defaultsTo("\"gopsc-release\""),
            attribute(
                    "image",
                    Types.IMAGE,
                    "Image of its pods: sh, kubectl and git, and what else the plans call.")
                .mustBeGiven()
                .like(
                    "\"registry.example.com/ops/runner:1.4@sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef\""),
            attribute(
                    "claim",
                    Types.text(TextShape.DNS_SUBDOMAIN),
                    "PersistentVolumeClaim with a checkout of the fleet and its generated files.")
                .mustBeGiven()
                .like("\"gopsc-fleet\""),
            attribute(
                    "folder",
                    Types.text(TextShape.RELATIVE_FOLDER),
                    "Folder of the checkout in the volume; `state/` is in it.")
                .defaultsTo("\".\"")
                .like("\"wuxia\""),
            attribute(
                    "output",
                    Types.text(TextShape.RELATIVE_FOLDER),
                    "Folder of the generated files in the checkout.")
                .defaultsTo("\"out\""),
            attribute(
                    "prometheus",
                    Types.text(TextShape.ENDPOINT),
                    "Where the alerts of releases are asked for, `GOPS_PROMETHEUS` of the runner.")
                .like("\"http://prometheus.monitoring:9090\""))
        .build();
  }

  private static Kind signer() {
    return kind(
            "signer",
            "Somebody who may approve steps, and the SSH keys that verify their signatures.")
        .label(Label.name("WHO", TextShape.SIGNER))
        .attributes(
            attribute(
                    "keys",
                    Types.oneOrMore(Types.text(TextShape.PUBLIC_KEY)),
                    "Public keys as in `id_ed25519.pub`; a comment at the end is dropped.")
                .mustBeGiven()
                .like(
                    "[\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJj3yFuNOaJLm1QwK+QSRzmivmo5IEt63mjWn2PRSEfJ\"]"))
        .build();
  }
}
