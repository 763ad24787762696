#!/bin/sh
# Heals the loss of a host, called by whoever watches the hosts. Made by gopsc together with
# fence.tsv; start with --help. It can be repeated.
set -u
LC_ALL=C
export LC_ALL

table_id=[=tableId]

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 2
table=$here/fence.tsv
state=[=stateFile]
state=${GOPS_STATE:-$state}
sets=gameserversets.game.kruise.io
fence_key=node.kubernetes.io/out-of-service
sets_path='{range .items[*]}{.metadata.namespace}{"\t"}{.metadata.labels.game\.kruise\.io/owner-gss}{"\n"}{end}'
pods_path='{range .items[*]}{.metadata.name}{"\t"}{.metadata.deletionTimestamp}{"\n"}{end}'
tab=$(printf '\t')

usage() {
  cat <<'HELP'
usage: sh fence.sh HOST

For a host that is lost: stops every rollout that is under way and the sides of the host's pairs
that take no logins, switches the machine off, and tells Kubernetes that it is out of service. Then
the live sides start at their failover hosts, for which there is room.

Environment: GOPS_KUBECTL, GOPS_CONTEXT, GOPS_HOST_EXEC, GOPS_ETCDCTL, GOPS_STATE as for rollout.sh.

Exit codes: 0 done; 2 usage; 3 the node is Ready, or nobody knows which side takes logins; 4 the
cluster or a rollout refused; 5 the machine may still be on; 9 fence.tsv is another one.
HELP
}

say() { printf '%s\n' "$*" >&2; }

die() {
  code=$1
  shift
  say "fence: $*"
  exit "$code"
}

sha256() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum
  else
    shasum -a 256
  fi | cut -d ' ' -f 1
}

kube() { "${GOPS_KUBECTL:-kubectl}" ${GOPS_CONTEXT:+"--context=$GOPS_CONTEXT"} "$@" </dev/null; }

ready() { kube get node "$1" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}'; }

fence_of() { kube get node "$1" -o "jsonpath={.spec.taints[?(@.key==\"$fence_key\")].effect}"; }

replicas_of() { kube -n "$1" get "$sets" "$2" -o 'jsonpath={.spec.replicas}'; }

# Ends with 0 only when the machine is off.
# shellcheck disable=SC2016 # the words are meant as they are
power_off() { <#list command as word>[=word] </#list>"$1"; }

# Rollouts that were begun with the files that are here, stopped as far as the host goes.
stop_rollouts() { # host
  for runner in "$here"/rollout/*/rollout.sh; do
    [ -f "$runner" ] || continue
    journal=${runner%rollout.sh}journal.jsonl
    [ -s "$journal" ] || continue
    plan=$(sh "$runner" --version) || die 4 "$runner does not answer"
    grep -q "\"plan\":\"$plan\"" "$journal" || continue
    sh "$runner" lost "$1" || die 4 "$runner could not be stopped"
  done
}

live_of() { # group
  [ -f "$state" ] || return 0
  sed -n "s/^{\"group\":\"$1\",.*\"live\":\"\([ab]\)\".*/\1/p" "$state"
}

# Pods of a lost host end when it is fenced; before that the controller has to have told them to.
wait_ending() { # namespace set
  tries=0
  while kube -n "$1" get pods -l "game.kruise.io/owner-gss=$2" -o "jsonpath=$pods_path" |
    awk -F '\t' '$2 == "" { left = 1 } END { exit !left }'; do
    tries=$((tries + 1))
    [ "$tries" -le 120 ] || die 4 "pods of $2 were not told to end"
    sleep 1
  done
}

# Pairs of which both sides run although no rollout is under way: one that was aborted.
stop_idle_sides() { # host
  there=$(kube get pods --all-namespaces "--field-selector=spec.nodeName=$1" -l game.kruise.io/owner-gss -o "jsonpath=$sets_path") ||
    die 4 "what runs on $1 is not known"
  while IFS=$tab read -r kind group space a b <&3; do
    [ "$kind" = P ] || continue
    printf '%s\n' "$there" | grep -q -x -F -e "$space$tab$a" -e "$space$tab$b" || continue
    running_a=$(replicas_of "$space" "$a") || die 4 "the number of pods of $a is not known"
    running_b=$(replicas_of "$space" "$b") || die 4 "the number of pods of $b is not known"
    if [ "$running_a" = 0 ] || [ "$running_b" = 0 ]; then
      continue
    fi
    case $(live_of "$group") in
      a) idle=$b running=$running_b ;;
      b) idle=$a running=$running_a ;;
      *) die 3 "both sides of $group run and $state does not say which takes logins" ;;
    esac
    say "  stopping $idle"
    kube -n "$space" patch "$sets" "$idle" --type=json --field-manager=gopsc-release -o name \
      -p "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":$running},{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":0}]" >/dev/null ||
      die 4 "stopping $idle was refused"
    wait_ending "$space" "$idle"
  done 3<"$table"
}

case ${1-} in
  '' | -*)
    usage
    [ "${1-}" = --help ] || exit 2
    exit 0
    ;;
esac
[ "$(sha256 <"$table")" = "$table_id" ] || die 9 "fence.tsv is not the one this script was made with"
grep -q -x -F "H$tab$1" "$table" || die 2 "there is no host $1"
[ "$(ready "$1")" != True ] || die 3 "node $1 is Ready, so it is not lost"
stop_rollouts "$1"
stop_idle_sides "$1"
say "switching $1 off"
power_off "$1" </dev/null || die 5 "$1 may still be on: it is not fenced"
[ "$(fence_of "$1")" = NoExecute ] ||
  kube taint node "$1" "$fence_key=nodeshutdown:NoExecute" --overwrite --field-manager=gopsc-release >/dev/null ||
  die 4 "node $1 could not be fenced"
[ "$(fence_of "$1")" = NoExecute ] || die 4 "node $1 was not fenced"
say "$1 is fenced; next: state = failed for it, and a replace_host"
