#!/bin/sh
# Carries out one rollout plan step by step. Made by gopsc together with the files beside it; start
# with --help. Every step is verified, can be repeated, and survives being killed.
set -u
LC_ALL=C
ETCDCTL_API=3
export LC_ALL ETCDCTL_API

release=[=release]
environment=[=environment]
plan_id=[=planId]
table_id=[=tableId]
templates_id=[=templatesId]

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 2
table=$here/steps.tsv
templates=$here/templates.jsonl
journal=${GOPS_JOURNAL:-$here/journal.jsonl}
state=[=stateFile]
state=${GOPS_STATE:-$state}
poll=${GOPS_POLL:-5}
tab=$(printf '\t')
dry_run=
outside=
despite=
despite_said=
alerts_said=
signers=
git_branch=
revision=
wait_window=
lease=
lease_note=
renewer=
machine=$(uname -n)
locked=
foreign=
shown=
work=
gone=

sets=gameserversets.game.kruise.io
servers=gameservers.game.kruise.io
# Field managers of Argo CD and Flux, which take back what somebody else patches.
controllers='argocd-controller argocd-application-controller kustomize-controller helm-controller'
# shellcheck disable=SC2016 # the variables are the template's own
owners_path='{{range .metadata.managedFields}}{{$manager := .manager}}{{with .fieldsV1}}{{with index . "f:spec"}}{{range $field, $rest := .}}{{if or (eq $field "f:replicas") (eq $field "f:gameServerTemplate")}}{{$manager}}{{"\n"}}{{end}}{{end}}{{end}}{{end}}{{end}}'
fence_key=node.kubernetes.io/out-of-service
pods_path='{range .items[*]}{.metadata.name}{"\t"}{.metadata.uid}{"\t"}{.metadata.deletionTimestamp}{"\t"}{.status.conditions[?(@.type=="Ready")].status}{"\t"}{.spec.nodeName}{"\t"}{range .spec.containers[*]}{.name}{"="}{.image}{","}{end}{"\n"}{end}'
sets_path='{range .items[*]}{.metadata.namespace}{"\t"}{.metadata.labels.game\.kruise\.io/owner-gss}{"\n"}{end}'

usage() {
  cat <<'HELP'
usage: sh rollout.sh VERB [option]

  status              what is done and what comes next
  next                the next step in words
  run                 carry out the plan from where it stands
    --until ID        stop after this step
    --only ID         this step alone; the steps it needs must be done
    --wave N          the steps of this wave
  approve ID          that somebody agrees to a step
    --tag T           by a signed git tag, or
    --commit C        by a signed commit, whose message has the line
                      approve ID of plan HASH (the hash of plan.json)
    --as WHO          a record only, refused where approvals are signed: nothing shows that it was WHO
  evidence ID TEXT    write down what was done by hand in a step, or how it was taken back
    --file F          the text is in this file
    --as WHO          who did it
  verify              check again what was done, and the journal
  rollback [--to ID]  take steps back in reverse order, down to after ID
  abort               stop for good; opens gates again to servers that are ready, and writes the
                      state as far as it came
  finish              the plan is done; writes the state
  lost HOST           a host is lost: stop the runner for good, stop the sides of its pairs that
                      take no logins, so that only live sides come back elsewhere
    --as WHO          this person knows that the machine is off: fence it, too
  log                 the journal

  --dry-run           say what would be done (with run and rollback)
  --outside-window REASON  begin steps although the window is closed; the journal has the reason
  --despite-alerts REASON  go on although an alert of the release fires; the journal has the reason
  --wait              wait until the window opens instead of ending
  --plan HASH         only if this is the plan with that hash
  --state FILE        the state file (default: the one that the fleet is compiled with)

Steps that start, stop or move something begin only while the window of the release is open, and only
if there is time for them at their longest; what has begun is finished. Taking back is always possible.

While an alert of the release fires, or Prometheus does not know, no step begins that acts, and no wave
ends its soak. An alert that the release names in its abort block ends the plan as the verb abort does.

With apply = gitops a step that changes manifests is a commit on the branch of the plan, and the runner
waits until the cluster is as the commit says; taking it back is a commit that reverts it.

Environment:
  GOPS_KUBECTL          kubectl; GOPS_CONTEXT is its context
  GOPS_HOST_EXEC        ssh; called with a host and a command
  GOPS_ETCDCTL          etcdctl; ETCDCTL_* for TLS
  GOPS_PROMETHEUS       address of Prometheus, such as http://prometheus:9090
  GOPS_ANNOUNCE         a command that tells players what it reads; without it a person does
  GOPS_JOURNAL          journal.jsonl beside this script
  GOPS_STATE            the state file, as --state
  GOPS_SIGNERS          file of allowed signers, as ssh-keygen has it: with it a record is not enough; a plan
                        that has signers of its own knows no others
  GOPS_REPOSITORY       a clone of the repository with the manifests (the one around this script)
  GOPS_REMOTE           where commits are pushed (origin)
  GOPS_SYNC_SECONDS     how long a commit may take to arrive, beside the time that pods take (600)
  GOPS_LEASE_NAMESPACE  where the lease is (default)
  GOPS_LEASE_SECONDS    how long a runner that gives no sign of life keeps others away (60)
  GOPS_LEASE=none       go without a lease
  GOPS_POLL             seconds between two looks (5)

Exit codes: 0 done; 2 usage; 3 a precondition does not hold; 4 somebody changed what the plan expects;
5 a check did not hold in time; 6 an approval is missing; 7 outside the window; 8 point of no return;
9 the plan is stale, frozen or its files were changed; 10 a tool is missing; 11 an alert fires;
12 the cluster is applied in another way than the plan says; 75 another runner is at work;
130 interrupted.
HELP
}

# A line of progress is written over by what is said next.
say() {
  if [ -n "$shown" ]; then printf '\r\033[K' >&2; fi
  shown=
  printf '%s\n' "$*" >&2
}

die() {
  code=$1
  shift
  say "rollout: $*"
  exit "$code"
}

now() { date +%s; }

sha256() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum
  else
    shasum -a 256
  fi | cut -d ' ' -f 1
}

kube() { "${GOPS_KUBECTL:-kubectl}" ${GOPS_CONTEXT:+"--context=$GOPS_CONTEXT"} "$@" </dev/null; }

# GOPS_HOST_EXEC may be a command with options, so its words are split.
on_host() {
  # shellcheck disable=SC2086
  ${GOPS_HOST_EXEC:-ssh} "$1" "$2"
}

<#include "rollout/journal.sh.ftl">

<#include "rollout/plan.sh.ftl">

<#include "rollout/window.sh.ftl">

<#include "rollout/alerts.sh.ftl">

<#include "rollout/cluster.sh.ftl">

<#include "rollout/git.sh.ftl">

<#include "rollout/tasks.sh.ftl">

<#include "rollout/steps.sh.ftl">

<#include "rollout/people.sh.ftl">

<#include "rollout/state.sh.ftl">

<#include "rollout/lock.sh.ftl">

<#include "rollout/lease.sh.ftl">

<#include "rollout/lost-host.sh.ftl">

<#include "rollout/gates.sh.ftl">

<#include "rollout/verbs.sh.ftl">

# ---- what is asked

[ $# -gt 0 ] || {
  usage >&2
  exit 2
}
verb=$1
shift
only=
until_id=
wave=
to_id=
who=
target=
words=
file=
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=yes ;;
    --wait) wait_window=yes ;;
    --only | --until | --wave | --to | --as | --plan | --state | --file | --outside-window | --despite-alerts | --tag | --commit)
      [ $# -gt 1 ] || die 2 "$1 needs a value"
      case $1 in
        --only) only=$2 ;;
        --until) until_id=$2 ;;
        --wave) wave=$2 ;;
        --to) to_id=$2 ;;
        --as) who=$2 ;;
        --plan) [ "$2" = "$plan_id" ] || die 9 "this is plan $plan_id, not $2" ;;
        --state) state=$2 ;;
        --file) file=$2 ;;
        --outside-window) outside=$2 ;;
        --despite-alerts) despite=$2 ;;
        --tag) revision=refs/tags/$2 ;;
        --commit) revision="$2^{commit}" ;;
      esac
      shift
      ;;
    -*) die 2 "unknown option $1" ;;
    *)
      if [ -z "$target" ]; then target=$1; else words=$1; fi
      ;;
  esac
  shift
done

case $verb in
  --help | -h | help)
    usage
    exit 0
    ;;
  status | next | run | approve | evidence | verify | rollback | abort | finish | lost | log) ;;
  --version)
    printf '%s\n' "$plan_id"
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac

trap cleanup EXIT
trap 'exit 130' INT TERM HUP
files_unchanged
if [ "$verb" = log ]; then
  [ ! -f "$journal" ] || cat "$journal"
  exit 0
fi
case $verb in
  run | rollback) ;;
  *) [ -z "$dry_run" ] || die 2 "--dry-run goes with run and rollback" ;;
esac
case $verb in
  run | verify | rollback | abort | lost) command -v "${GOPS_KUBECTL:-kubectl}" >/dev/null 2>&1 || die 10 "kubectl is missing" ;;
esac
[ "$verb" != lost ] || stop_runner
case $verb in
  status | next | verify) ;;
  *) [ -n "$dry_run" ] || lock ;;
esac
work=$(mktemp -d) || die 9 "cannot make a temporary folder"
actor=${GOPS_ACTOR:-${LOGNAME:-$(id -un)}}
way=forth
unpack
signers_load
git_load
[ -z "$foreign" ] || lock_outlast
journal_open
done_list >"$work/done"
begun_list >"$work/begun"
cp "$work/steps" "$work/order"
case $verb in
  run | next) window_load ;;
esac
case $verb in
  run | rollback | abort | lost) [ -n "$dry_run" ] || [ -n "$lease" ] || lease_take ;;
esac
[ -z "$lease_note" ] || journal_add lease - - "$lease_note"
for id in "$only" "$until_id" "$to_id"; do
  [ -z "$id" ] || step_load "$id"
done

case $verb in
  run) verb_run ;;
  status | next) verb_status ;;
  approve) verb_approve "$target" ;;
  evidence) verb_evidence "$target" ;;
  verify) verb_verify ;;
  rollback) verb_rollback ;;
  abort) verb_abort ;;
  finish) verb_finish ;;
  lost) verb_lost "$target" ;;
esac
