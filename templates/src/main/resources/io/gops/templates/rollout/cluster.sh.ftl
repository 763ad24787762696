# ---- looking at the cluster

pods_of() { kube -n "$1" get pods -l "game.kruise.io/owner-gss=$2" -o "jsonpath=$pods_path"; }

# Namespace and set of each pod on a host.
sets_on() {
  kube get pods --all-namespaces "--field-selector=spec.nodeName=$1" -l game.kruise.io/owner-gss -o "jsonpath=$sets_path"
}

# Exactly this number of pods, all ready, with these images, on this host, with these uids.
pods_are() { # namespace set count images host uids ("-" for any)
  pods_of "$1" "$2" >"$work/pods" || return 1
  count=$3 images=$4 host=$5 uids=$6 awk -F '\t' '
    BEGIN { wanted = split(ENVIRON["images"], want, ",") }
    {
      n++
      list = "," $6
      if ($3 != "" || $4 != "True") bad = 1
      for (i = 1; i <= wanted; i++) if (index(list, "," want[i] ",") == 0) bad = 1
      if (ENVIRON["host"] != "-" && $5 != ENVIRON["host"]) bad = 1
      if (ENVIRON["uids"] != "-" && index("," ENVIRON["uids"] ",", "," $2 ",") == 0) bad = 1
    }
    END { exit !(n == ENVIRON["count"] && !bad) }' "$work/pods"
}

uids_of() { pods_of "$1" "$2" | awk -F '\t' '{ printf "%s%s", sep, $2; sep = "," }'; }

# A patch of tests alone: the API server compares, nothing is written. Where only a GitOps controller may
# patch, kubectl compares by itself.
stored_is() { # namespace set tests
  if [ -n "$git_branch" ]; then
    kube -n "$1" get "$sets" "$2" -o json >"$work/stored.json" 2>/dev/null &&
      kube patch --local -f "$work/stored.json" --type=json -o name -p "$3" >/dev/null 2>&1
    return
  fi
  kube -n "$1" patch "$sets" "$2" --type=json --dry-run=server -o name -p "$3" >/dev/null 2>&1
}

replicas_of() { kube -n "$1" get "$sets" "$2" -o 'jsonpath={.spec.replicas}'; }

# Names of the pods of a set that are not on one of these hosts; all of them without hosts.
pods_beyond() { # namespace set hosts
  pods_of "$1" "$2" | hosts=$3 awk -F '\t' '
    BEGIN { n = split(ENVIRON["hosts"], list, ","); for (i = 1; i <= n; i++) stays[list[i]] = 1 }
    !($5 in stays) { print $1 }'
}

# What OpenKruiseGame is told of a server; the GameServer of a pod has its name.
opinion_of() { kube -n "$1" get "$servers" "$2" -o 'jsonpath={.spec.opsState}'; }

# Names of the servers of a set that are told to go.
leaving() { # namespace set
  pods_of "$1" "$2" | cut -f 1 >"$work/all"
  while IFS= read -r l_pod <&6; do
    [ "$(opinion_of "$1" "$l_pod")" != WaitToBeDeleted ] || printf '%s\n' "$l_pod"
  done 6<"$work/all"
}

tell_server() { # namespace name from to
  kube -n "$1" patch "$servers" "$2" --type=json --field-manager=gopsc-release -o name \
    -p "[{\"op\":\"test\",\"path\":\"/spec/opsState\",\"value\":\"$3\"},{\"op\":\"replace\",\"path\":\"/spec/opsState\",\"value\":\"$4\"}]" >/dev/null
}

# Tells the servers of a set that are not on these hosts to go.
tell_to_go() { # namespace set hosts
  pods_beyond "$1" "$2" "$3" >"$work/beyond"
  while IFS= read -r g_pod <&5; do
    [ "$(opinion_of "$1" "$g_pod")" = WaitToBeDeleted ] || tell_server "$1" "$g_pod" None WaitToBeDeleted || return 1
  done 5<"$work/beyond"
}

tell_to_stay() { # namespace set
  leaving "$1" "$2" >"$work/beyond"
  while IFS= read -r g_pod <&5; do
    tell_server "$1" "$g_pod" WaitToBeDeleted None || return 1
  done 5<"$work/beyond"
}

players_of() { # namespace set container command hosts: number beyond these hosts, or nothing when nobody knows
  [ "$4" != - ] || return 0
  pods_beyond "$1" "$2" "${5-}" >"$work/names"
  p_sum=0
  while IFS= read -r p_pod <&4; do
    p_count=$(in_pod "$1" "$p_pod" "$3" "$4" 2>/dev/null)
    case $p_count in
      '' | *[!0-9]*) return 0 ;;
      *) p_sum=$((p_sum + p_count)) ;;
    esac
  done 4<"$work/names"
  printf '%s\n' "$p_sum"
}

in_pod() { # namespace pod container command
  p_where=$1 p_name=$2 p_in=$3
  p_words=$work/$4
  set --
  while IFS= read -r p_word <&5; do
    p_word=$(printf '%b.' "$p_word")
    set -- "$@" "${p_word%.}"
  done 5<"$p_words"
  kube -n "$p_where" exec "$p_name" -c "$p_in" -- "$@"
}

# Group, then bucket and weight of each bucket, however the rest of the line is spelled.
weights() {
  awk '{
    if (!match($0, /group_id=[0-9]+/)) next
    out = substr($0, RSTART, RLENGTH)
    while (match($0, /bucket_id[:=][0-9]+,weight[:=][0-9]+/)) {
      pair = substr($0, RSTART, RLENGTH)
      gsub(/=/, ":", pair)
      out = out " " pair
      $0 = substr($0, RSTART + RLENGTH)
    }
    print out
  }'
}

endpoints_of() { awk -F '\t' -v n="$1" '$1 == "N" && $2 == n { print $3 }' "$table"; }

etcd() { # directory arguments
  e_at=$(endpoints_of "$1")
  shift
  "${GOPS_ETCDCTL:-etcdctl}" --endpoints="$e_at" "$@"
}

entry_is() { # directory key value
  [ "$(etcd "$1" get "$2" --print-value-only </dev/null)" = "$3" ]
}

quoted() { printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$/"/'; }

# Puts the value if the old one, or nothing, is there; compare and put are one transaction.
entry_put() { # directory key from to
  e_key=$(quoted "$2")
  e_put=$(printf 'put %s %s' "$e_key" "$(quoted "$4")")
  printf 'value(%s) = %s\n\n%s\n\n\n' "$e_key" "$(quoted "$3")" "$e_put" | etcd "$1" txn | grep -q SUCCESS && return 0
  printf 'create(%s) = "0"\n\n%s\n\n\n' "$e_key" "$e_put" | etcd "$1" txn | grep -q SUCCESS
}

label_of() { # node label
  kube get node "$1" -o "go-template={{index .metadata.labels \"$2\"}}" 2>/dev/null
}

node_version() { kube get node "$1" -o 'jsonpath={.metadata.resourceVersion}' 2>/dev/null; }

# Whether new pods may start on a node: "open" or "shut".
cordon_of() {
  if [ "$(kube get node "$1" -o 'jsonpath={.spec.unschedulable}')" = true ]; then echo shut; else echo open; fi
}

fence_of() { kube get node "$1" -o "jsonpath={.spec.taints[?(@.key==\"$fence_key\")].effect}"; }

node_ready() { kube get node "$1" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}'; }
