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
state=${GOPS_STATE:-state/$environment.jsonl}
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
  --state FILE        the state file (default: state/ENVIRONMENT.jsonl)

Steps that start, stop or move something begin only while the window of the release is open, and only
if there is time for them at their longest; what has begun is finished. Taking back is always possible.

While an alert of the release fires, or Prometheus does not know, no step begins that acts, and no wave
ends its soak. An alert that the release names in its abort block ends the plan as the verb abort does.

With apply = gitops a step that changes manifests is a commit on the branch of the plan, and the runner waits
until the cluster is as the commit says; taking it back is a commit that reverts it.

Environment: GOPS_REPOSITORY (a clone of the repository, default the one around this script), GOPS_REMOTE (origin),
GOPS_SYNC_SECONDS (600; how long a commit may take to arrive, beside the time that pods take), GOPS_PROMETHEUS (address of Prometheus, such as http://prometheus:9090), GOPS_KUBECTL (kubectl), GOPS_CONTEXT (kube context), GOPS_HOST_EXEC (ssh; called with
a host and a command), GOPS_ETCDCTL (etcdctl; ETCDCTL_* for TLS), GOPS_JOURNAL (journal.jsonl beside
this script), GOPS_SIGNERS (file of allowed signers, as ssh-keygen has it: with it a record is not
enough; a plan that has signers of its own knows no others), GOPS_LEASE_NAMESPACE (default), GOPS_LEASE_SECONDS (60; how long a runner that gives no sign of
life keeps others away), GOPS_LEASE=none (go without), GOPS_STATE, GOPS_ANNOUNCE (a command that tells players what it reads; without it a
person does), GOPS_POLL (5 seconds between two looks).

Exit codes: 0 done; 2 usage; 3 a precondition does not hold; 4 somebody changed what the plan expects;
5 a check did not hold in time; 6 an approval is missing; 7 outside the window; 8 point of no return;
9 the plan is stale, frozen or its files were changed; 10 a tool is missing; 11 an alert fires; 12 the cluster is
applied in another way than the plan says; 75 another runner is at work; 130 interrupted.
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

# ---- the journal: one line an event, each with the hash of the line before it

# A value as the inside of a JSON string: what would need escaping is left out.
plain() { printf '%s' "$1" | tr -d '"\\\000-\037\177'; }

# Sets one, so that the journal waits for no other process where it need not.
plain_field() {
  case $1 in
    *[\"\\[:cntrl:]]*) j_plain=$(plain "$1") || die 9 "cannot write $journal" ;;
    *) j_plain=$1 ;;
  esac
}

# Whoever kills this script may kill first what it calls: then nothing is written.
journal_add() { # event step unit note
  j_number=$((j_number + 1))
  j_time=$(date -u +%Y-%m-%dT%H:%M:%SZ) || die 9 "cannot tell the time"
  j_seconds=$(now) || die 9 "cannot tell the time"
  j_line="{\"n\":$j_number,\"time\":\"$j_time\",\"seconds\":$j_seconds,\"actor\":\""
  plain_field "$actor"
  j_line="$j_line$j_plain\",\"plan\":\"$plan_id\",\"event\":\"$1\",\"step\":\"$2\",\"unit\":\""
  plain_field "$3"
  j_line="$j_line$j_plain\",\"note\":\""
  plain_field "$4"
  j_line="$j_line$j_plain\",\"prev\":\"$j_previous\"}"
  printf '%s\n' "$j_line" >>"$journal" || die 9 "cannot write $journal"
  j_previous=$(printf '%s' "$j_line" | sha256)
  [ "${#j_previous}" = 64 ] || die 9 "cannot hash a line of $journal"
}

journal_open() {
  j_number=0
  j_previous=none
  [ -s "$journal" ] || return 0
  if [ -n "$(tail -c 1 "$journal")" ]; then
    # The last line was cut off by a crash; what it was about to say is found out again.
    sed '$d' "$journal" >"$journal.whole" && mv "$journal.whole" "$journal"
    [ -s "$journal" ] || return 0
  fi
  j_last=$(tail -n 1 "$journal")
  j_number=$(printf '%s' "$j_last" | sed 's/^{"n":\([0-9]*\),.*/\1/')
  j_previous=$(printf '%s' "$j_last" | sha256)
  [ "${#j_previous}" = 64 ] || die 9 "cannot hash a line of $journal"
  grep -q -v "\"plan\":\"$plan_id\"" "$journal" &&
    die 9 "$journal belongs to another plan; finish or abort that one first"
  return 0
}

# event, step, unit, seconds and note of each line, separated by tabs
journal_rows() {
  [ -s "$journal" ] || return 0
  sed 's/^{"n":[0-9]*,"time":"[^"]*","seconds":\([0-9]*\),"actor":"[^"]*","plan":"[^"]*","event":"\([^"]*\)","step":"\([^"]*\)","unit":"\([^"]*\)","note":"\([^"]*\)".*/\2\t\3\t\4\t\1\t\5/' "$journal"
}

journal_check() {
  c_previous=none
  c_number=0
  while IFS= read -r c_line; do
    c_number=$((c_number + 1))
    case $c_line in
      "{\"n\":$c_number,"*"\"prev\":\"$c_previous\"}") ;;
      *)
        say "journal: line $c_number does not follow from the one before"
        return 1
        ;;
    esac
    c_previous=$(printf '%s' "$c_line" | sha256)
  done <"$journal"
}

# The tasks and steps that are done: "step<tab>unit"; a step itself has unit "-".
done_list() {
  journal_rows | awk -F '\t' '
    $1 == "done" { done[$2 "\t" $3] = 1 }
    $1 == "undo" || $1 == "undone" { delete done[$2 "\t" $3] }
    END { for (key in done) print key }' | sort
}

is_done() { grep -q -x -F "$1$tab$2" "$work/done"; }

mark() { # step unit note
  journal_add "done" "$1" "$2" "$3"
  printf '%s\t%s\n' "$1" "$2" >>"$work/done"
}

unmark() {
  journal_add undone "$1" "$2" "$3"
  not_done "$1" "$2"
  begun_list >"$work/begun"
}

# From here until it is undone it counts as begun: what is half taken back is half done.
unmark_begin() { # step unit note
  [ -n "$(noted "$1" "$2")" ] || begin "$1" "$2" "$3"
  journal_add undo "$1" "$2" "$3"
  not_done "$1" "$2"
}

not_done() { # step unit
  grep -v -x -F "$1$tab$2" "$work/done" >"$work/done.new"
  mv "$work/done.new" "$work/done"
}

was_aborted() { journal_rows | grep -q "^abort$tab"; }

was_ended() { journal_rows | grep -q -E "^(abort|finish)$tab"; }

# The host whose loss has frozen the plan.
lost_host() { journal_rows | awk -F '\t' '$1 == "freeze" { host = $3 } END { print host }'; }

# Somebody has lost a host and wants the plan to stand still, or another machine may be at work.
go_on() {
  if [ -n "$lease" ]; then
    read -r l_renewed <"$work/lease"
    [ $(($(now) - l_renewed)) -lt "$lease_seconds" ] ||
      die 75 "the lease $lease could not be renewed: another machine may go on with this plan"
  fi
  [ ! -e "$journal.freeze" ] || die 75 "a host is lost: this plan goes no further"
}

# Those of the plan come before those of this machine, so that what was approved with the plan holds.
signers_load() {
  signers=${GOPS_SIGNERS-}
  [ "$(awk -F '\t' '$1 == "V" { print $2 }' "$table")" = signed ] || return 0
  signers=$work/signers
  awk -F '\t' '$1 == "Q" { print $2 " namespaces=\"git\" " $3 }' "$table" >"$signers"
}

how_to_approve() { # step
  if [ -n "$signers" ]; then
    say "  somebody who may signs: git tag -s -m 'approve $1 of plan $plan_id' NAME"
    say "  then: sh rollout.sh approve $1 --tag NAME"
  else
    say "  sh rollout.sh approve $1 --as WHO, or --tag NAME of a signed git tag"
  fi
}

# Where approvals are signed each signature is looked at again: a line of the journal is not one.
is_approved() { # step
  if [ -z "$signers" ]; then
    journal_rows | grep -q -E "^(approve|record)$tab$1$tab"
    return
  fi
  command -v git >/dev/null 2>&1 || die 10 "git is missing"
  for a_object in $(journal_rows | awk -F '\t' -v s="$1" '$1 == "approve" && $2 == s { print $3 }'); do
    [ -z "$(signed_by "$a_object" "$1")" ] || return 0
  done
  return 1
}

# Who signed a tag or commit that approves a step of this plan; nothing when nobody did who may.
signed_by() { # object step
  g_kind=$(git -C "$here" cat-file -t "$1" 2>/dev/null) || return 0
  git -C "$here" cat-file -p "$1" | grep -q -x -F "approve $2 of plan $plan_id" || return 0
  g_said=$(git -C "$here" -c gpg.format=ssh ${signers:+-c "gpg.ssh.allowedSignersFile=$signers"} \
    "verify-$g_kind" "$1" 2>&1) || return 0
  printf '%s\n' "$g_said" | sed -n 's/^Good "git" signature for \(.*\) with .* key .*/\1/p'
}

# What was begun and not taken back: step, unit, seconds, note.
begun_list() {
  journal_rows | awk -F '\t' '
    $1 == "begin" { begun[$2 "\t" $3] = $4 "\t" $5 }
    $1 == "undone" { delete begun[$2 "\t" $3] }
    END { for (key in begun) print key "\t" begun[key] }' | sort
}

noted() { # step unit: the note of its beginning
  awk -F '\t' -v s="$1" -v u="$2" '$1 == s && $2 == u { print $4; exit }' "$work/begun"
}

began() { # step: when it began
  awk -F '\t' -v s="$1" '$1 == s && $2 == "-" { print $3; exit }' "$work/begun"
}

begin() { # step unit note
  journal_add begin "$1" "$2" "$3"
  printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$(now)" "$(plain "$3")" >>"$work/begun"
}

# ---- the plan

files_unchanged() {
  [ "$(sha256 <"$table")" = "$table_id" ] || die 9 "steps.tsv is not the one this script was made with"
  [ "$(sha256 <"$templates")" = "$templates_id" ] || die 9 "templates.jsonl is not the one this script was made with"
  [ "$(sha256 <"$here/plan.json")" = "$plan_id" ] || die 9 "plan.json is not the one this script was made with"
}

unpack() {
  awk -F '\t' -v d="$work" '
    $1 == "P" { f = d "/" $2; for (i = 3; i <= 6; i++) print $i >f; close(f) }
    $1 == "I" { f = d "/" $2; print $3 >f; close(f) }
    $1 == "C" { f = d "/" $2; for (i = 3; i <= NF; i++) print $i >f; close(f) }
    $1 == "S" { print >(d "/steps") }
    $1 == "K" { f = d "/" $2; for (i = 3; i <= NF; i++) print $i >f; close(f) }' "$table"
}

rows_of() { # kind step [unit]
  awk -F '\t' -v k="$1" -v s="$2" -v u="${3-}" '$1 == k && $2 == s && (u == "" || $3 == u)' "$table"
}

step_load() {
  s_id=$1
  s_row=$(awk -F '\t' -v s="$1" '$2 == s' "$work/steps")
  [ -n "$s_row" ] || die 2 "there is no step $1"
  IFS=$tab read -r _ _ s_wave s_kind s_hold s_timeout _ _ s_p95 s_acts s_who s_title <<ROW
$s_row
ROW
}

images_of() {
  read -r images <"$work/$1"
  [ "$images" != - ] || images=
}

patch_load() { # id: forward, backward, test of old, test of new
  {
    read -r p_forward
    read -r p_backward
    read -r p_old
    read -r p_new
  } <"$work/$1"
}

# ---- the window: when steps may begin that do more than wait

window_load() {
  win_name=
  win_row=$(awk -F '\t' '$1 == "W"' "$table")
  [ -n "$win_row" ] || return 0
  IFS=$tab read -r _ win_name win_zone win_days win_from win_until win_closed win_words <<ROW
$win_row
ROW
  zone_is_known || die 10 "this machine does not know the time zone $win_zone of window $win_name: install tzdata"
  if [ "$(date -u -d @0 +%Y 2>/dev/null)" = 1970 ]; then
    date_at=-d@
  elif [ "$(date -u -r 0 +%Y 2>/dev/null)" = 1970 ]; then
    date_at=-r
  else
    die 10 "date of this machine cannot print a given second (neither -d @0 nor -r 0)"
  fi
}

# The C library takes a zone that it does not know for UTC, without a word.
zone_is_known() {
  if [ "$win_zone" = UTC ]; then return 0; fi
  if [ -n "${TZDIR-}" ]; then
    [ -f "$TZDIR/$win_zone" ]
    return
  fi
  for z_folder in /usr/share/zoneinfo /usr/lib/zoneinfo /usr/share/lib/zoneinfo /share/zoneinfo /etc/zoneinfo; do
    [ ! -f "$z_folder/$win_zone" ] || return 0
  done
  return 1
}

# Sets day of the week, minute of the day and date of a second, on the clock of the window.
local_time() { # seconds
  IFS=' ' read -r l_day l_hour l_minute l_date <<TIME
$(TZ=$win_zone date "$date_at$1" '+%u %H %M %Y%m%d')
TIME
  # The 1 keeps 08 from being read as an octal number.
  l_minute=$(((1$l_hour - 100) * 60 + 1$l_minute - 100))
}

opens_on() { # day of the week
  case $win_days in
    *"$1"*) return 0 ;;
    *) return 1 ;;
  esac
}

closed_date() {
  [ "$win_closed" != - ] || return 1
  c_rest=$win_closed,
  while [ -n "$c_rest" ]; do
    c_range=${c_rest%%,*}
    c_rest=${c_rest#*,}
    if [ "$l_date" -ge "${c_range%-*}" ] && [ "$l_date" -le "${c_range#*-}" ]; then return 0; fi
  done
  return 1
}

is_open() { # seconds
  local_time "$1"
  if closed_date; then return 1; fi
  if [ "$win_from" -lt "$win_until" ]; then
    [ "$l_minute" -ge "$win_from" ] && [ "$l_minute" -lt "$win_until" ] && opens_on "$l_day"
  elif [ "$l_minute" -ge "$win_from" ]; then
    opens_on "$l_day"
  else
    # After midnight it is still the window of the day before.
    [ "$l_minute" -lt "$win_until" ] && opens_on $(((l_day + 5) % 7 + 1))
  fi
}

# The second at which the window that is open now closes. When the clock is changed before then, what it
# shows at the second that was computed is not yet, or no longer, the end.
closing() { # seconds
  local_time "$1"
  c_left=$(((win_until - l_minute + 1439) % 1440 + 1))
  c_at=$(($1 - $1 % 60 + c_left * 60))
  local_time "$c_at"
  c_off=$(((win_until - l_minute + 2160) % 1440 - 720))
  c_moved=$((c_at + c_off * 60))
  local_time "$c_moved"
  [ "$l_minute" -ne "$win_until" ] || c_at=$c_moved
  # A time that the clock skips, or a date that is closed: the last minute that is open.
  while [ "$c_at" -gt "$1" ] && ! is_open $((c_at - 1)); do
    c_at=$((c_at - 60))
  done
}

# Whether the loaded step may begin now; says why not.
in_window() {
  [ -n "$win_name" ] && [ "$s_acts" = acts ] || return 0
  i_now=$(now)
  if ! is_open "$i_now"; then
    i_why="$win_words is closed"
    return 1
  fi
  closing "$i_now"
  if [ $((i_now + s_p95)) -gt "$c_at" ]; then
    i_why="it may take $(span "$s_p95"), and $win_words closes in $(span $((c_at - i_now)))"
    return 1
  fi
}

await_window() { # step
  a_said=
  until in_window; do
    if [ -n "$outside" ]; then
      journal_add outside "$1" - "$outside"
      say "$1: outside the window: $(plain "$outside")"
      return 0
    fi
    [ -n "$wait_window" ] || die 7 "$1 does not begin now: $i_why"
    go_on
    [ -n "$a_said" ] || say "$1 waits: $i_why"
    a_said=yes
    progress "waits for the window"
    sleep "$poll"
  done
}

# ---- alerts: those of the release, as Prometheus sees them

# Sets alerts_are to "quiet", "firing", "ending" (one of those that fire ends the release) or "unknown", and
# alerts_why. A rule that Prometheus does not have, or
# cannot evaluate, is not quiet.
look_at_alerts() {
  alerts_are=unknown
  alerts_why="$GOPS_PROMETHEUS does not answer"
  a_url="${GOPS_PROMETHEUS%/}/api/v1/rules?type=alert"
  if command -v curl >/dev/null 2>&1; then
    curl -fsS --max-time 10 "$a_url" >"$work/rules" 2>/dev/null || return 0
  elif command -v wget >/dev/null 2>&1; then
    wget -q -T 10 -O - "$a_url" >"$work/rules" 2>/dev/null || return 0
  else
    die 10 "neither curl nor wget is there to ask Prometheus"
  fi
  awk -F '\t' '
    # Texts of people are strings in which quotes are escaped, so none of them looks like these.
    FILENAME == ARGV[1] { text = text $0; next }
    $1 == "A" { name[++n] = $2; game[n] = $3; reaction[n] = $4 }
    END {
      if (text !~ /^[{]"status":"success"/) { print "unknown\tPrometheus has no rules to show"; exit }
      rules = split(text, rule, /[{]"state":"/)
      for (i = 1; i <= n; i++) {
        there = 0
        for (k = 2; k <= rules; k++) {
          state = substr(rule[k], 1, index(rule[k], "\"") - 1)
          rest = substr(rule[k], length(state) + 1)
          if (index(rest, "\",\"name\":\"" name[i] "\",") != 1) continue
          # Labels of the rule stand before its alerts, which have labels of their own.
          own = index(rest, ",\"alerts\":[")
          if (!index(own ? substr(rest, 1, own) : rest, "\"game\":\"" game[i] "\"")) continue
          there = 1
          if (state == "firing") { firing = firing " " name[i]; if (reaction[i] == "abort") ends = 1 }
          if (!index(rest, "\"health\":\"ok\"")) sick = sick " " name[i]
        }
        if (!there) sick = sick " " name[i]
      }
      if (firing != "") print (ends ? "ending" : "firing") "\tfires:" firing
      else if (sick != "") print "unknown\tnot known whether it fires:" sick
      else print "quiet\t-"
    }' "$work/rules" "$table" >"$work/alerts"
  IFS=$tab read -r alerts_are alerts_why <"$work/alerts"
}

# A step that acts does not begin, and a soak does not go on, while an alert fires. What is not known
# is asked again for a while.
alerts_allow() { # step
  grep -q "^A$tab" "$table" || return 0
  if [ -z "${GOPS_PROMETHEUS-}" ]; then
    [ -n "$alerts_said" ] || say "nobody looks at the alerts of this release: GOPS_PROMETHEUS is not set"
    alerts_said=yes
    return 0
  fi
  a_tries=0
  while :; do
    look_at_alerts
    case $alerts_are in
      quiet) return 0 ;;
      unknown)
        a_tries=$((a_tries + 1))
        [ "$a_tries" -ge 6 ] || {
          go_on
          sleep "$poll"
          continue
        }
        ;;
    esac
    if [ -n "$despite" ]; then
      [ "$despite_said" = "$1" ] || journal_add despite "$1" - "$alerts_why: $despite"
      despite_said=$1
      return 0
    fi
    journal_add alert "$1" - "$alerts_why"
    if [ "$alerts_are" = ending ]; then
      say "rollout: $1: $alerts_why; that ends this release"
      verb_abort
      exit 11
    fi
    die 11 "$1: $alerts_why; run again, roll back or abort"
  done
}

# 2h 05min, 12min, 40s
span() { # seconds
  if [ "$1" -ge 3600 ]; then
    printf '%dh %02dmin' $(($1 / 3600)) $(($1 % 3600 / 60))
  elif [ "$1" -ge 60 ]; then
    printf '%dmin' $(($1 / 60))
  else
    printf '%ds' "$1"
  fi
}

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

# ---- git: with apply = gitops a commit takes the place of patches

git_load() {
  g_row=$(awk -F '\t' '$1 == "B"' "$table")
  [ -n "$g_row" ] || return 0
  IFS=$tab read -r _ git_branch git_folder git_manager <<ROW
$g_row
ROW
  awk -F '\t' '$1 == "X" { print $2 "\t" $3 }' "$table" >"$work/direct"
  case $verb in
    run | rollback | abort) ;;
    *) return 0 ;;
  esac
  command -v git >/dev/null 2>&1 || die 10 "git is missing"
  repository=${GOPS_REPOSITORY:-$here}
  git -C "$repository" rev-parse --git-dir >/dev/null 2>&1 ||
    die 10 "$repository is in no git repository; GOPS_REPOSITORY names a clone of the one with the manifests"
  # In a folder below the top, git apply would leave out what is beside it.
  g_top=$(git -C "$repository" rev-parse --show-toplevel 2>/dev/null) && repository=$g_top
  remote=${GOPS_REMOTE-origin}
  if ! git -C "$repository" remote get-url "${remote:-origin}" >/dev/null 2>&1; then
    [ "$(git -C "$repository" rev-parse --is-bare-repository)" = true ] ||
      die 10 "$repository has no remote ${remote:-origin} (GOPS_REMOTE): commits are pushed, a checked-out branch is not moved"
    remote=
  fi
}

# Whether the loaded task is carried out by the commit of its step.
in_git() {
  [ -n "$git_branch" ] || return 1
  case $t_verb in
    patch | move | relocate) ;;
    scale) ! grep -q -x -F "$t_step$tab$t_unit" "$work/direct" ;;
    *) return 1 ;;
  esac
}

has_commit() { # step
  [ -n "$git_branch" ] && grep -q "^J$tab$1$tab" "$table"
}

# Sets the newest commit of the branch.
git_tip() {
  if [ -n "$remote" ]; then
    git -C "$repository" fetch -q --no-tags "$remote" "refs/heads/$git_branch" 2>"$work/git" ||
      die 4 "branch $git_branch cannot be fetched from $remote: $(head -n 1 "$work/git")"
    g_tip=$(git -C "$repository" rev-parse FETCH_HEAD)
  else
    g_tip=$(git -C "$repository" rev-parse --verify -q "refs/heads/$git_branch") || die 4 "there is no branch $git_branch"
  fi
}

# What the branch has of a step: "do" with its commit, "undo", or nothing. The newest commit that names it counts.
git_has() { # step
  git_tip
  g_line=$(git -C "$repository" log -n 1 -F --grep="gopsc-step: $plan_id $1 " --format='%H%n%B' "$g_tip")
  g_made=$(printf '%s\n' "$g_line" | sed -n 1p)
  g_has=$(printf '%s\n' "$g_line" | sed -n "s/^gopsc-step: $plan_id $1 \([a-z]*\)\$/\1/p")
}

# One commit, made beside the index and the files of the clone, appears on the branch as a whole or not at
# all: whoever is killed here has made it, or has not, and the branch says which.
git_commit() { # step
  g_patch=$here/commits/$1.patch
  [ "$(sha256 <"$g_patch")" = "$(awk -F '\t' -v s="$1" '$1 == "J" && $2 == s { print $3 }' "$table")" ] ||
    die 9 "commits/$1.patch is not the one this script was made with"
  g_tries=0
  while :; do
    git_has "$1"
    if [ "$way" = forth ]; then
      [ "$g_has" != "do" ] || return 0
      g_reverse=no
    else
      [ "$g_has" = "do" ] || return 0
      g_reverse=yes
    fi
    g_new=$(git_make "$1") || die 4 "$1: $git_folder on $git_branch is not as the plan expects: $(head -n 1 "$work/git")"
    if git_publish; then
      journal_add commit "$1" - "$g_new"
      say "  commit $g_new on $git_branch"
      return 0
    fi
    # Somebody else was faster; their commit comes first then.
    g_tries=$((g_tries + 1))
    [ "$g_tries" -lt 5 ] || die 4 "$1: the commit is refused: $(tail -n 1 "$work/git")"
  done
}

git_make() { # step
  GIT_INDEX_FILE=$work/index
  GIT_AUTHOR_NAME=${GIT_AUTHOR_NAME:-$actor}
  GIT_COMMITTER_NAME=${GIT_COMMITTER_NAME:-gopsc-release}
  GIT_AUTHOR_EMAIL=${GIT_AUTHOR_EMAIL:-gopsc-release@localhost}
  GIT_COMMITTER_EMAIL=${GIT_COMMITTER_EMAIL:-gopsc-release@localhost}
  export GIT_INDEX_FILE GIT_AUTHOR_NAME GIT_COMMITTER_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_EMAIL
  rm -f "$GIT_INDEX_FILE"
  if [ "$git_folder" = . ]; then set --; else set -- "--directory=$git_folder"; fi
  [ "$g_reverse" = no ] || set -- "$@" -R
  git -C "$repository" read-tree "$g_tip" 2>"$work/git" || return 1
  git -C "$repository" apply --cached --whitespace=nowarn "$@" "$g_patch" 2>"$work/git" || return 1
  g_tree=$(git -C "$repository" write-tree 2>"$work/git") || return 1
  g_subject="$release ($environment) $s_id: $s_title"
  if [ "$way" = forth ]; then
    printf '%s\n\ngopsc-step: %s %s do\n' "$g_subject" "$plan_id" "$s_id"
  else
    printf 'Revert "%s"\n\nThis reverts commit %s.\n\ngopsc-step: %s %s undo\n' "$g_subject" "$g_made" "$plan_id" "$s_id"
  fi | git -C "$repository" commit-tree "$g_tree" -p "$g_tip" 2>"$work/git"
}

git_publish() {
  if [ -n "$remote" ]; then
    git -C "$repository" push -q "$remote" "$g_new:refs/heads/$git_branch" 2>"$work/git"
  else
    git -C "$repository" update-ref "refs/heads/$git_branch" "$g_new" "$g_tip" 2>"$work/git"
  fi
}

# A controller takes back what a runner patches, and no commit reaches a cluster that none follows.
applied_as_planned() { # namespace set
  o_all=$(kube -n "$1" get "$sets" "$2" -o "go-template=$owners_path") || die 4 "who applies $2 is not known"
  if [ -n "$git_branch" ]; then
    printf '%s\n' "$o_all" | grep -q -x -F "$git_manager" || die 12 \
      "this plan is for GitOps, and $git_manager does not own what $2 has (it belongs to: $(printf '%s' "$o_all" | sort -u | tr '\n' ' ')); let the controller apply it, or compile with apply = direct"
    return 0
  fi
  for o_controller in $controllers; do
    ! printf '%s\n' "$o_all" | grep -q -x -F "$o_controller" || die 12 \
      "$o_controller applies $2 and would take back what this plan patches; compile with apply = gitops"
  done
}

# ---- tasks; $way is "forth" or "back"

task_load() {
  IFS=$tab read -r _ t_step t_unit t_verb t1 t2 t3 t4 t5 t6 t7 t8 t9 t10 t11 t12 <<ROW
$1
ROW
  if [ "$t_verb" = patch ]; then
    patch_load "$t9"
    if [ "$way" = forth ]; then
      p_do=$p_forward p_before=$p_old p_after=$p_new
      images_of "${t12%%"$tab"*}"
    else
      p_do=$p_backward p_before=$p_new p_after=$p_old
      images_of "$t11"
    fi
    p_same=${t12##*"$tab"}
  elif [ "$t_verb" = scale ]; then
    images_of "$t7"
    if [ "$way" = forth ]; then
      n_from=$t5 n_to=$t6
    else
      n_from=$t6 n_to=$t5
    fi
  elif [ "$t_verb" = relocate ] && [ "$way" = back ]; then
    m_swap=$t3 t3=$t4 t4=$m_swap
  elif [ "$t_verb" = cordon ] && [ "$way" = back ]; then
    if [ "$t2" = shut ]; then t2=open; else t2=shut; fi
  elif [ "$t_verb" = entry ]; then
    if [ "$way" = forth ]; then
      e_from=$t3 e_to=$t4
    else
      e_from=$t4 e_to=$t3
    fi
  fi
}

# Whether the action has happened already, whoever did it.
reached() {
  case $t_verb in
    patch) stored_is "$t1" "$t2" "$p_after" ;;
    scale) [ "$(replicas_of "$t1" "$t2")" = "$n_to" ] ;;
    entry) entry_is "$t1" "$t2" "$e_to" ;;
    move | relocate) [ "$(label_of "$t4" "$t2")" = primary ] ;;
    cordon) [ "$(cordon_of "$t1")" = "$t2" ] ;;
    dismiss)
      if [ "$way" = forth ]; then
        [ "$(leaving "$t1" "$t2")" = "$(pods_beyond "$t1" "$t2" "$t4")" ] && [ "$(leaving "$t1" "$t2" | wc -l)" -eq "$t3" ]
      else
        [ -z "$(leaving "$t1" "$t2")" ]
      fi
      ;;
    fence) [ "$(fence_of "$t1")" = NoExecute ] ;;
    *) false ;;
  esac
}

# Something was not as expected. The last command of a runner that was killed may have arrived meanwhile:
# then what is wanted is there.
refused() { # why
  reached || die 4 "$1"
}

# What has to hold before the action; says why not.
allowed() {
  case $t_verb in
    patch)
      stored_is "$t1" "$t2" "$p_before" || refused "$t_step: $t2 does not have the pod template that the plan expects"
      if [ "$p_same" = same ] && [ "$way" = forth ]; then
        images_of "$t11"
        pods_are "$t1" "$t2" "$t10" "$images" - - || die 3 "$t_step: not every pod of $t2 is ready with the old version; nothing would be updated"
        images_of "${t12%%"$tab"*}"
      fi
      ;;
    scale)
      [ "$(replicas_of "$t1" "$t2")" = "$n_from" ] || refused "$t_step: $t2 does not have $n_from replicas"
      if [ "$n_to" -gt 0 ] && [ "$n_to" -lt "$n_from" ]; then
        [ "$(leaving "$t1" "$t2")" = "$(pods_beyond "$t1" "$t2" "$t9")" ] ||
          die 3 "$t_step: other servers of $t2 would stop than those that were told to go"
      fi
      ;;
    dismiss)
      if [ "$way" = forth ] && [ "$(pods_beyond "$t1" "$t2" "$t4" | wc -l)" -ne "$t3" ]; then
        die 3 "$t_step: servers of $t2 do not run where the plan expects them: $t3 beyond $t4"
      fi
      ;;
    fence)
      [ "$(node_ready "$t1")" != True ] || die 3 "$t_step: node $t1 is Ready, so it is not lost; fencing would kill what runs there"
      ;;
    relocate)
      printf '%s\n' "$t6" | tr ',' '\n' >"$work/stopped"
      while IFS=/ read -r m_space m_set <&6; do
        [ "$(replicas_of "$m_space" "$m_set")" = 0 ] || die 3 "$t_step: $m_set still has servers"
        [ -z "$(pods_of "$m_space" "$m_set")" ] || die 3 "$t_step: pods of $m_set are not gone"
      done 6<"$work/stopped"
      ;;
    move)
      [ "$(fence_of "$t3")" = NoExecute ] || die 3 "$t_step: node $t3 is not fenced"
      ;;
    *) ;;
  esac
}

act() {
  case $t_verb in
    patch)
      kube -n "$t1" patch "$sets" "$t2" --type=json --field-manager=gopsc-release -o name -p "$p_do" >/dev/null ||
        refused "$t_step: the patch of $t2 was refused"
      ;;
    scale)
      kube -n "$t1" patch "$sets" "$t2" --type=json --field-manager=gopsc-release -o name \
        -p "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":$n_from},{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":$n_to}]" >/dev/null ||
        refused "$t_step: scaling $t2 was refused"
      ;;
    entry)
      entry_put "$t1" "$t2" "$e_from" "$e_to" || refused "$t_step: $t2 has a value that the plan does not expect"
      ;;
    move)
      kube label node "$t4" "$t2=primary" --overwrite --field-manager=gopsc-release --resource-version="$(node_version "$t4")" >/dev/null ||
        die 4 "$t_step: node $t4 could not be labelled"
      kube label node "$t3" "$t2-" --field-manager=gopsc-release >/dev/null 2>&1 || say "$t_step: node $t3 is gone; its label need not be removed"
      ;;
    relocate)
      # The host left behind stays the other one on which the group may run.
      kube label node "$t4" "$t2=primary" --overwrite --field-manager=gopsc-release --resource-version="$(node_version "$t4")" >/dev/null ||
        die 4 "$t_step: node $t4 could not be labelled"
      kube label node "$t3" "$t2=failover" --overwrite --field-manager=gopsc-release >/dev/null ||
        die 4 "$t_step: node $t3 could not be labelled"
      ;;
    dismiss)
      if [ "$way" = forth ]; then tell_to_go "$t1" "$t2" "$t4"; else tell_to_stay "$t1" "$t2"; fi ||
        die 4 "$t_step: somebody says something else of servers of $t2"
      ;;
    cordon)
      if [ "$t2" = shut ]; then kube cordon "$t1"; else kube uncordon "$t1"; fi >/dev/null ||
        die 4 "$t_step: node $t1 could not be changed"
      ;;
    fence)
      kube taint node "$t1" "$fence_key=nodeshutdown:NoExecute" --overwrite --field-manager=gopsc-release >/dev/null ||
        die 4 "$t_step: node $t1 could not be fenced"
      ;;
    program)
      f_switch=$here/openvswitch/$t1
      # The files of the compile itself say how switches are before the release.
      [ "$way" = forth ] || f_switch=$here/../../openvswitch/$t1
      [ -f "$f_switch/apply.sh" ] || die 9 "$t_step: $f_switch/apply.sh is missing"
      # shellcheck disable=SC2016 # expanded on the host
      tar -C "$f_switch" -cf - . |
        on_host "$t1" 'd=$(mktemp -d) && tar -C "$d" -xf - && sh "$d/apply.sh"; s=$?; rm -rf "$d"; exit $s' || die 4 "$t_step: the switch of $t1 could not be programmed"
      ;;
    reload)
      pods_of "$t1" "$t2" | cut -f 1 >"$work/names"
      r_until=$(($(now) + s_timeout))
      while IFS= read -r r_pod <&6; do
        # An engine that watches its folder needs a moment, so the command is repeated.
        until in_pod "$t1" "$r_pod" "$t3" "$t4" >/dev/null; do
          [ "$(now)" -lt "$r_until" ] || die 5 "$t_step: the reload command failed in $r_pod"
          sleep "$poll"
        done
      done 6<"$work/names"
      ;;
    *) die 2 "$t_step: unknown action $t_verb" ;;
  esac
}

verified() {
  case $t_verb in
    patch)
      v_uids=-
      [ "$p_same" != same ] || v_uids=$(noted "$t_step" "$t_unit")
      stored_is "$t1" "$t2" "$p_after" && pods_are "$t1" "$t2" "$t10" "$images" - "${v_uids:--}"
      ;;
    scale)
      [ "$(replicas_of "$t1" "$t2")" = "$n_to" ] && { [ "$t8" = number ] || pods_are "$t1" "$t2" "$n_to" "$images" - -; } || return 1
      [ "$n_to" -eq 0 ] || [ "$n_to" -ge "$n_from" ] || [ -z "$(pods_beyond "$t1" "$t2" "$t9")" ]
      ;;
    move)
      reached || return 1
      rows_of R "$t_step" "$t_unit" >"$work/arrivals"
      while IFS=$tab read -r _ _ _ r_space r_set r_count r_images r_host <&6; do
        images_of "$r_images"
        pods_are "$r_space" "$r_set" "$r_count" "$images" "$r_host" - || return 1
      done 6<"$work/arrivals"
      ;;
    program | reload) ;;
    *) reached ;;
  esac
}

# ---- steps

# On a terminal: how far the plan is, what it waits for, and how long it may still take.
progress() { # what
  [ -t 2 ] || return 0
  g_began=$(began "$s_id")
  awk -F '\t' -v step="$s_id" -v spent="$(($(now) - ${g_began:-$(now)}))" '
    FILENAME == ARGV[1] { if ($2 == "-") done[$1] = 1; next }
    { all++ }
    $2 in done { count++; next }
    {
      likely = $8 - ($2 == step ? spent : 0)
      longest = $9 - ($2 == step ? spent : 0)
      if (likely > 0) p50 += likely
      if (longest > 0) p95 += longest
    }
    END { printf "%d\t%d\t%d\t%d\n", count, all, p50, p95 }' "$work/done" "$work/steps" >"$work/progress"
  IFS=$tab read -r g_done g_all g_p50 g_p95 <"$work/progress"
  printf '\r\033[K%s of %s steps, %s: %s; about %s to go, at most %s' \
    "$g_done" "$g_all" "$s_id" "$1" "$(span "$g_p50")" "$(span "$g_p95")" >&2
  shown=yes
}

say_task() {
  case $t_verb in
    patch) say "  would patch $t2 in $t1: $p_do" ;;
    scale) say "  would scale $t2 in $t1 from $n_from to $n_to" ;;
    entry) say "  would put $t2 in directory $t1: $e_to" ;;
    move) say "  would move group $t1 from $t3 to $t4" ;;
    fence) say "  would fence node $t1" ;;
    relocate) say "  would give group $t1 its home at $t4 instead of $t3" ;;
    cordon) say "  would mark node $t1: $t2 for new servers" ;;
    dismiss) say "  would tell $t3 servers of $t2 that are not on $t4 to go" ;;
    program) say "  would program the switch of $t1" ;;
    reload) say "  would run the reload command in $t3 of every pod of $t2" ;;
    announce) say "  would tell players: $t1" ;;
    by_hand) say "  a person: $t1" ;;
    logins)
      if [ "$way" = forth ]; then
        say "  would send logins of $t1 from $t2 to $t3"
      else
        say "  would send logins of $t1 from $t3 to $t2"
      fi
      ;;
    *) say "  $t_verb $t2" ;;
  esac
}

say_tasks() { # step
  tasks_of "$1"
  while IFS= read -r row <&3; do
    task_load "$row"
    ! concerned || say_task
  done 3<"$work/tasks"
  ! has_commit "$1" || say "  all of it by a commit on $git_branch: commits/$1.patch"
}

tasks_of() { # step, in reverse order on the way back
  if [ -f "$work/only" ]; then
    awk -F '\t' -v s="$1" 'FILENAME == ARGV[1] { only[$1] = 1; next } $1 == "T" && $2 == s && ($3 in only)' "$work/only" "$table" >"$work/tasks"
  else
    rows_of T "$1" >"$work/tasks"
  fi
  if [ "$way" = back ]; then
    sed -n '1!G;h;$p' "$work/tasks" >"$work/tasks.back"
    mv "$work/tasks.back" "$work/tasks"
  fi
}

# On the way forth everything that is not done, on the way back everything that was begun.
concerned() {
  if [ "$way" = forth ]; then
    ! is_done "$t_step" "$t_unit"
  else
    is_done "$t_step" "$t_unit" || [ -n "$(noted "$t_step" "$t_unit")" ]
  fi
}

settle() {
  if [ "$way" = forth ]; then
    mark "$t_step" "$t_unit" "$1"
  else
    unmark "$t_step" "$t_unit" "$1"
  fi
}

begin_task() {
  b_note=acting
  [ "$t_verb" != patch ] || [ "$p_same" != same ] || b_note=$(uids_of "$t1" "$t2")
  if [ "$way" = forth ]; then
    # The pods from before the first attempt are the ones that have to stay.
    [ -n "$(noted "$t_step" "$t_unit")" ] || begin "$t_step" "$t_unit" "$b_note"
  else
    unmark_begin "$t_step" "$t_unit" "$b_note"
  fi
}

run_tasks() { # step
  tasks_of "$1"
  : >"$work/open"
  r_asked=
  while IFS= read -r row <&3; do
    task_load "$row"
    concerned || continue
    go_on
    progress "$t_unit"
    if reached; then
      say "  $t_unit is there already"
    else
      case $t_verb in
        patch | scale)
          [ -n "$r_asked" ] || applied_as_planned "$t1" "$t2"
          r_asked=yes
          ;;
      esac
      allowed
      begin_task
      in_git || act
    fi
    printf '%s\n' "$row" >>"$work/open"
  done 3<"$work/tasks"
  ! has_commit "$1" || git_commit "$1"
  wait_tasks "$1"
}

wait_tasks() { # step
  w_longest=$s_timeout
  ! has_commit "$1" || w_longest=$((s_timeout + ${GOPS_SYNC_SECONDS:-600}))
  w_until=$(($(now) + w_longest))
  while [ -s "$work/open" ]; do
    : >"$work/still"
    while IFS= read -r row <&3; do
      task_load "$row"
      if verified; then
        settle verified
      else
        printf '%s\n' "$row" >>"$work/still"
      fi
    done 3<"$work/open"
    mv "$work/still" "$work/open"
    [ -s "$work/open" ] || break
    go_on
    progress "$(wc -l <"$work/open" | tr -d ' ') to come"
    if [ "$(now)" -ge "$w_until" ]; then
      say "rollout: $1: not as expected after $w_longest s:"
      while IFS= read -r row <&3; do
        task_load "$row"
        say "  $t_unit"
      done 3<"$work/open"
      exit 5
    fi
    sleep "$poll"
  done
}

# The groups of all tasks go to each switch in one transaction; directories follow.
run_logins() { # step
  tasks_of "$1"
  rm -f "$work"/groups.k*
  : >"$work/open"
  while IFS= read -r row <&3; do
    task_load "$row"
    concerned || continue
    l_carriers=${t12##*"$tab"}
    if [ "$way" = forth ]; then
      l_group=$t5
      images_of "$t9"
      pods_are "$t6" "$t7" "$t8" "$images" - - || die 3 "$1: $t7 is not ready for logins"
      [ -n "$(noted "$t_step" "$t_unit")" ] || begin "$t_step" "$t_unit" acting
    else
      l_group=$t4
      unmark_begin "$t_step" "$t_unit" acting
    fi
    [ "$l_carriers" = - ] || printf 'add_or_mod %s\n' "$l_group" >>"$work/groups.$l_carriers"
    printf '%s\n' "$row" >>"$work/open"
  done 3<"$work/tasks"
  for l_file in "$work"/groups.k*; do
    [ -f "$l_file" ] || continue
    weights <"$l_file" >"$work/wanted"
    while IFS= read -r l_host <&3; do
      # The switch of a lost host is as dead as the host.
      [ "$l_host" != "$gone" ] || continue
      groups_missing "$l_host"
      [ -s "$work/missing" ] || continue
      on_host "$l_host" 'ovs-ofctl -O OpenFlow15 --bundle add-groups br-int -' <"$l_file" ||
        die 4 "$1: the switch of $l_host refused the groups"
      groups_missing "$l_host"
      [ ! -s "$work/missing" ] || die 5 "$1: the switch of $l_host does not have $(head -n 1 "$work/missing")"
      groups_keep "$l_host"
    done 3<"$work/${l_file##*/groups.}"
  done
  while IFS= read -r row <&3; do
    task_load "$row"
    rows_of E "$t_step" "$t_unit" >"$work/entries"
    while IFS=$tab read -r _ _ _ e_name e_at_key e_from e_to <&6; do
      if [ "$way" = back ]; then
        e_swap=$e_from e_from=$e_to e_to=$e_swap
      fi
      entry_is "$e_name" "$e_at_key" "$e_to" && continue
      entry_put "$e_name" "$e_at_key" "$e_from" "$e_to" || die 4 "$1: $e_at_key has a value that the plan does not expect"
      entry_is "$e_name" "$e_at_key" "$e_to" || die 5 "$1: $e_at_key was not stored"
    done 6<"$work/entries"
    settle verified
  done 3<"$work/open"
}

# Which of the wanted groups a switch does not have with these weights.
groups_missing() {
  on_host "$1" 'ovs-ofctl -O OpenFlow15 dump-groups br-int' </dev/null | weights >"$work/have"
  awk 'FILENAME == ARGV[1] { have[$0] = 1; next } !($0 in have)' "$work/have" "$work/wanted" >"$work/missing"
}

# Lets a switch that starts again have the weights of now, where its tables are kept for that.
groups_keep() {
  # shellcheck disable=SC2016 # expanded on the host
  on_host "$1" 'k=${GOPS_KEPT:-/var/lib/gopsc/openvswitch}
    [ ! -w "$k" ] || { ovs-ofctl -O OpenFlow15 dump-groups br-int | sed -n "s/^ *group_id=/group_id=/p" >"$k/groups.new" && mv "$k/groups.new" "$k/groups.now"; }' </dev/null ||
    say "$1 did not keep its groups: when its switch starts again, logins may go to the former side"
}

# Players of the sets in $work/waiting (namespace, set, container, command, hosts whose players stay);
# "?" when nobody knows.
players_left() {
  l_sum=0
  while IFS=$tab read -r l_space l_set l_in l_command l_hosts <&7; do
    l_count=$(players_of "$l_space" "$l_set" "$l_in" "$l_command" "$l_hosts")
    if [ -z "$l_count" ]; then
      printf '?\n'
      return 0
    fi
    l_sum=$((l_sum + l_count))
  done 7<"$work/waiting"
  printf '%s\n' "$l_sum"
}

wait_empty() { # seconds when it began, longest time
  w_until=$(($1 + $2))
  w_said=
  while :; do
    w_left=$(players_left)
    [ "$w_left" != 0 ] || return 0
    w_rest=$((w_until - $(now)))
    [ "$w_rest" -gt 0 ] || return 0
    go_on
    if [ -t 2 ]; then
      progress "$w_left players left"
    elif [ "$w_left" != "$w_said" ]; then
      say "  $w_left players left, at most $(span "$w_rest") to go"
      w_said=$w_left
    fi
    sleep "$poll"
  done
}

run_drain() { # step
  rows_of T "$1" >"$work/tasks"
  cut -f 5-8,10 "$work/tasks" >"$work/waiting"
  d_longest=$(cut -f 9 "$work/tasks" | sort -n | tail -n 1)
  wait_empty "$(began "$1")" "$d_longest"
}

run_kick() { # step
  rows_of T "$1" >"$work/kicks"
  k_more=0
  while IFS=$tab read -r _ _ k_unit _ k_space k_set k_in k_command k_allowed k_hosts <&3; do
    k_left=$(players_of "$k_space" "$k_set" "$k_in" "$k_command" "$k_hosts")
    if [ -n "$k_left" ] && [ "$k_left" -gt "$k_allowed" ]; then
      say "  $k_unit: $k_left players left, $k_allowed may be disconnected"
      k_more=1
    fi
  done 3<"$work/kicks"
  if [ "$k_more" = 0 ] || is_approved "$1"; then return 0; fi
  how_to_approve "$1"
  die 6 "$1: more players would be disconnected than allowed; wait, or have somebody approve it"
}

# The last thing that was done to each set; in one wave, or in all.
last_tasks() {
  awk -F '\t' -v wave="$1" 'FILENAME == ARGV[1] { done[$1 "\t" $2] = 1; next }
    $1 == "T" && ($4 == "patch" || $4 == "scale") && (($2 "\t" $3) in done) &&
      (wave == "" || (wave == "0" ? $2 !~ /^w[0-9]+[.]/ : index($2, "w" wave ".") == 1)) { last[$5 "\t" $6] = $0 }
    END { for (key in last) print last[key] }' "$work/done" "$table" | sort
}

# What the wave has done has to stay true all the time.
run_soak() { # step
  k_until=$(($(began "$1") + s_hold))
  last_tasks "$s_wave" >"$work/watched"
  while :; do
    while IFS= read -r row <&3; do
      task_load "$row"
      soak_holds || die 5 "$1: $t_unit is no longer as $t_step left it"
    done 3<"$work/watched"
    alerts_allow "$1"
    k_rest=$((k_until - $(now)))
    [ "$k_rest" -gt 0 ] || return 0
    go_on
    progress "watched for another $(span "$k_rest")"
    sleep "$poll"
  done
}

# A patch of an idle side was verified before it started; only pods matter here.
soak_holds() {
  case $t_verb in
    scale) pods_are "$t1" "$t2" "$n_to" "$images" - - ;;
    patch) pods_are "$t1" "$t2" "$t10" "$images" - - ;;
    *) true ;;
  esac
}

run_step() { # id
  step_load "$1"
  way=forth
  is_done "$1" - && return 0
  go_on
  needs_done "$1"
  say "$1: $s_title"
  if [ -n "$dry_run" ]; then
    say_tasks "$1"
    return 0
  fi
  if [ -z "$(began "$1")" ]; then
    await_window "$1"
    [ "$s_acts" = waits ] || alerts_allow "$1"
    begin "$1" - "$s_title"
  fi
  case $s_kind in
    approve)
      is_approved "$1" || {
        how_to_approve "$1"
        die 6 "$1: waiting for somebody to agree"
      }
      ;;
    announce | confirm | manual | smoke) run_people "$1" ;;
    soak) run_soak "$1" ;;
    drain) run_drain "$1" ;;
    kick) run_kick "$1" ;;
    logins) run_logins "$1" ;;
    *) run_tasks "$1" ;;
  esac
  mark "$1" - "$s_kind"
}

# ---- what people do

# How far the evidence of a step is: "given" for what was done, "returned" for what was taken back.
evidence_of() { # step
  journal_rows | awk -F '\t' -v s="$1" '
    $2 != s { next }
    $1 == "undone" { given = returned = back = 0 }
    $1 == "undo" { back = 1 }
    $1 == "evidence" && back { returned = 1 }
    $1 == "evidence" && !back { given = 1 }
    END { if (returned) print "returned"; else if (given) print "given" }'
}

run_people() { # step
  IFS=$tab read -r _ _ _ h_verb h_what h_wanted _ <<ROW
$(rows_of T "$1")
ROW
  if [ "$h_verb" = announce ] && [ -n "${GOPS_ANNOUNCE:-}" ] && [ -z "$(evidence_of "$1")" ]; then
    # GOPS_ANNOUNCE may be a command with options, so its words are split.
    # shellcheck disable=SC2086
    printf '%s\n' "$h_what" | $GOPS_ANNOUNCE || die 5 "$1: players could not be told"
    journal_add evidence "$1" - "told by GOPS_ANNOUNCE"
  fi
  if [ -z "$(evidence_of "$1")" ]; then
    [ "$s_who" = - ] || say "  asked: $s_who"
    [ "$h_verb" = announce ] || say "  to be written down: $h_wanted"
    die 6 "$1: waiting for a person: sh rollout.sh evidence $1 TEXT --as WHO"
  fi
  h_until=$(($(journal_rows | awk -F '\t' -v s="$1" '$1 == "evidence" && $2 == s { print $4; exit }') + s_hold))
  while [ "$(now)" -lt "$h_until" ]; do
    go_on
    say "  $((h_until - $(now))) s to go"
    sleep "$poll"
  done
}

people_may_undo() { # step
  case $(rows_of T "$1" | cut -f 7) in
    never:*) die 8 "$1 cannot be taken back: it is a point of no return" ;;
  esac
}

undo_people() { # step
  h_how=$(rows_of T "$1" | cut -f 7)
  [ "$h_how" != - ] || return 0
  [ "$(evidence_of "$1")" = returned ] || die 6 "$1: waiting for a person; $h_how: sh rollout.sh evidence $1 TEXT --as WHO"
}

# The text is kept as one line; what a JSON string would have to escape is left out.
verb_evidence() { # step
  step_load "$1"
  case $s_kind in
    announce | confirm | manual | smoke) ;;
    *) die 2 "$1 is no step that a person does" ;;
  esac
  if [ -n "$file" ]; then
    [ -r "$file" ] || die 2 "$file cannot be read"
    words=$(cat -- "$file")
  fi
  words=$(printf '%s' "$words" | tr '\n\t' '  ')
  [ -n "$(plain "$words" | tr -d ' ')" ] || die 2 "evidence needs a text or --file F"
  [ -z "$who" ] || actor=$who
  journal_add evidence "$1" - "$words"
  say "written down for $1"
}

# A step needs all steps before it.
needs_done() {
  [ -z "$dry_run" ] || return 0
  while IFS=$tab read -r _ n_id _ <&9; do
    [ "$n_id" != "$1" ] || return 0
    is_done "$n_id" - || die 3 "$1 needs $n_id, which is not done"
  done 9<"$work/steps"
}

# Additional servers may have players by now: they leave before their servers stop.
leave_first() { # step
  rows_of T "$1" | awk -F '\t' 'NF > 12' >"$work/additional"
  : >"$work/waiting"
  d_longest=0
  while IFS= read -r row <&8; do
    task_load "$row"
    if concerned && ! reached; then
      tell_to_go "$t1" "$t2" "$t9" || die 4 "$t_step: somebody says something else of servers of $t2"
      printf '%s\t%s\t%s\t%s\t%s\n' "$t1" "$t2" "$t10" "$t11" "$t9" >>"$work/waiting"
      [ "$t12" -le "$d_longest" ] || d_longest=$t12
    fi
  done 8<"$work/additional"
  [ ! -s "$work/waiting" ] || wait_empty "$(now)" "$d_longest"
}

undo_step() { # id
  step_load "$1"
  way=back
  if ! is_done "$1" - && [ -z "$(began "$1")" ]; then
    return 0
  fi
  case $s_kind in
    fence | move) die 8 "$1 cannot be taken back: it is a point of no return" ;;
    manual) people_may_undo "$1" ;;
  esac
  if [ -n "$dry_run" ]; then
    say "would take back $1: $s_title"
    say_tasks "$1"
    return 0
  fi
  say "taking back $1: $s_title"
  unmark_begin "$1" - "$s_title"
  case $s_kind in
    approve | soak | drain | kick | reload | announce | confirm | smoke) ;;
    network) [ "$(rows_of T "$1" | cut -f 6 | sort -u)" != returns ] || run_tasks "$1" ;;
    manual) undo_people "$1" ;;
    logins)
      run_logins "$1"
      rows_of T "$1" >"$work/tasks"
      awk -F '\t' 'BEGIN { OFS = FS } { print $10, $11, $14, $15 }' "$work/tasks" >"$work/waiting"
      wait_empty "$(now)" "$(cut -f 16 "$work/tasks" | sort -n | tail -n 1)"
      ;;
    start)
      leave_first "$1"
      run_tasks "$1"
      ;;
    *) run_tasks "$1" ;;
  esac
  # Engines load the old scripts once they are back.
  if [ "$s_kind" = update ]; then
    awk -F '\t' -v w="$s_wave" '$3 == w && $4 == "reload" { print $2 }' "$work/steps" >"$work/reloads"
    while IFS= read -r u_step <&8; do
      rows_of T "$u_step" >"$work/tasks"
      while IFS= read -r row <&3; do
        task_load "$row"
        act
      done 3<"$work/tasks"
    done 8<"$work/reloads"
  fi
  rows_of T "$1" | cut -f 3 >"$work/units"
  while IFS= read -r u_unit <&3; do
    ! is_done "$1" "$u_unit" || unmark "$1" "$u_unit" "undone"
  done 3<"$work/units"
  unmark "$1" - "$s_kind"
}

# ---- the state

# Lines of the groups of the plan as far as the done tasks in $1 lead.
state_lines() {
  awk -F '\t' '
    FILENAME == ARGV[1] { done[$1 "\t" $2] = 1; next }
    $1 == "H" && (("lost\t" $2) in done) { alone[$2] = 1 }
    $1 == "G" {
      ids[++n] = $2; live[$2] = $3; hosts[$2] = $4
      for (i = 0; i < 2; i++) {
        side = i ? "b" : "a"
        version[$2, side] = $(5 + 3 * i); replicas[$2, side] = $(6 + 3 * i); template[$2, side] = $(7 + 3 * i)
      }
    }
    $1 == "T" && (($2 "\t" $3) in done) {
      if ($4 == "patch") { version[$7, $8] = $10; template[$7, $8] = $12 }
      if ($4 == "scale") replicas[$7, $8] = $10
      if ($4 == "logins") live[$5] = $7
      if ($4 == "move" || $4 == "relocate") hosts[$5] = $9
    }
    END {
      for (i = 1; i <= n; i++) {
        id = ids[i]
        line = "{\"group\":\"" id "\""
        if (hosts[id] != "-") {
          h = hosts[id]
          gsub(/,/, "\",\"", h)
          line = line ",\"hosts\":[\"" h "\"]"
        }
        line = line ",\"live\":\"" live[id] "\",\"sides\":{"
        sep = ""
        for (k = 0; k < 2; k++) {
          side = k ? "b" : "a"
          if (version[id, side] == "-") continue
          if ((id in alone) && side != live[id]) replicas[id, side] = 0
          t = template[id, side]
          if (t == "-") t = ""
          line = line sep "\"" side "\":{\"version\":" version[id, side] ",\"replicas\":" replicas[id, side] ",\"template\":\"" t "\"}"
          sep = ","
        }
        print line "}}"
      }
    }' "$1" "$table"
}

# The state file must still say what the plan starts from, or already what it came to.
state_fresh() {
  [ -f "$state" ] || return 0
  : >"$work/nothing"
  {
    state_lines "$work/nothing"
    state_lines "$work/done"
    [ ! -f "$work/done.before" ] || state_lines "$work/done.before"
  } >"$work/expected"
  awk 'FILENAME == ARGV[1] { split($0, part, "\""); mine[part[4]] = 1; expected[$0] = 1; next }
    /^\{"group":/ { split($0, part, "\""); if ((part[4] in mine) && !($0 in expected)) { print part[4]; exit } }' \
    "$work/expected" "$state" >"$work/stale"
  [ ! -s "$work/stale" ] || die 9 "group $(cat "$work/stale") is no longer as the plan expects in $state: compile again"
}

state_write() {
  state_fresh
  state_lines "$work/done" >"$work/groups.new"
  if [ -f "$state" ]; then
    awk 'FILENAME == ARGV[1] { split($0, part, "\""); mine[part[4]] = 1; next }
      /^\{"group":/ { split($0, part, "\""); if (!(part[4] in mine)) print }' \
      "$work/groups.new" "$state" >"$work/groups.new.rest"
    grep '^{"template":' "$state" >"$work/templates.new"
  else
    : >"$work/groups.new.rest"
    : >"$work/templates.new"
  fi
  cat "$templates" >>"$work/templates.new"
  cat "$work/groups.new" "$work/groups.new.rest" | sort -u >"$work/groups.all"
  sort -u "$work/templates.new" >"$work/templates.all"
  mkdir -p "$(dirname -- "$state")" || die 9 "cannot make the folder of $state"
  {
    cat "$work/groups.all"
    awk 'FILENAME == ARGV[1] { line = $0
        while (match(line, /"template":"[^"]+"/)) {
          named[substr(line, RSTART + 12, RLENGTH - 13)] = 1
          line = substr(line, RSTART + RLENGTH)
        }
        next }
      { split($0, part, "\""); if (part[4] in named) print }' "$work/groups.all" "$work/templates.all"
  } >"$state.new" || die 9 "cannot write $state.new"
  mv "$state.new" "$state" || die 9 "cannot write $state"
  say "wrote $state"
}

committed() { # step
  git_has "$1"
  [ "$g_has" = "do" ]
}

# Tasks that were begun and not verified: what happened is found out from the world.
find_out() {
  while IFS=$tab read -r _ f_step _ <&8; do
    [ -n "$(began "$f_step")" ] || continue
    rows_of T "$f_step" >"$work/tasks"
    way=forth
    while IFS= read -r row <&3; do
      task_load "$row"
      is_done "$t_step" "$t_unit" && continue
      [ -n "$(noted "$t_step" "$t_unit")" ] || continue
      case $t_verb in
        patch | scale | move | relocate)
          if reached; then
            mark "$t_step" "$t_unit" "found out"
          elif in_git && committed "$t_step"; then
            die 3 "$t_step was committed and has not arrived: run --until $t_step or rollback before abort"
          fi
          ;;
        logins) die 3 "$t_step was interrupted: run --until $t_step or rollback before abort" ;;
        *) ! reached || mark "$t_step" "$t_unit" "found out" ;;
      esac
    done 3<"$work/tasks"
  done 8<"$work/steps"
}

# ---- verbs

lock() {
  lock=$journal.lock
  if mkdir "$lock" 2>/dev/null; then
    lock_hold
    return 0
  fi
  lock_read
  [ -n "$l_pid" ] || {
    sleep 1
    lock_read
  }
  if [ -n "$l_machine" ] && [ "$l_machine" != "$machine" ]; then
    # A folder that machines share, or pods of which each is one: its processes cannot be seen from here.
    foreign=$l_machine
    [ "${GOPS_LEASE-}" != none ] ||
      die 75 "$foreign is at work on this plan, or died at it; without a lease nobody knows: see to it, then remove $lock"
    return 0
  fi
  if [ -n "$l_pid" ] && kill -0 "$l_pid" 2>/dev/null; then
    die 75 "process $l_pid is at work on this plan ($lock)"
  fi
  lock_break
}

lock_read() {
  l_pid=
  l_machine=
  if [ -f "$lock/pid" ]; then
    read -r l_pid l_machine <"$lock/pid"
  fi
}

# Only one of several waiting runners can move the lock of a dead one away.
lock_break() {
  mv "$lock" "$lock.$$" 2>/dev/null && rm -rf "$lock.$$"
  mkdir "$lock" 2>/dev/null || die 75 "another runner was faster ($lock)"
  lock_hold
}

lock_hold() {
  locked=$lock
  printf '%s %s\n' "$$" "$machine" >"$lock/pid"
}

# A runner on another machine that lives renews the lease. Once the lease is ours, its lock is a dead one's.
lock_outlast() {
  command -v "${GOPS_KUBECTL:-kubectl}" >/dev/null 2>&1 || die 10 "kubectl is missing, and $foreign has the lock"
  lease_take
  lock_break
}

# ---- the lease: one runner of this release, on whatever machine

micro_time() { date -u +%Y-%m-%dT%H:%M:%S.000000Z; }

lease_patch() { # holder and time that are expected, holder from now on
  kube -n "$lease_space" patch "$leases" "$lease_name" --type=json --field-manager=gopsc-release -o name -p "[
    {\"op\":\"test\",\"path\":\"/spec/holderIdentity\",\"value\":\"$1\"},
    {\"op\":\"test\",\"path\":\"/spec/renewTime\",\"value\":\"$2\"},
    {\"op\":\"add\",\"path\":\"/spec/leaseDurationSeconds\",\"value\":$lease_seconds},
    {\"op\":\"add\",\"path\":\"/spec/renewTime\",\"value\":\"$(micro_time)\"},
    {\"op\":\"add\",\"path\":\"/spec/holderIdentity\",\"value\":\"$3\"}]" >/dev/null 2>&1
}

# Who holds it and since when; nothing when there is none.
lease_read() {
  l_found=$(kube -n "$lease_space" get "$leases" "$lease_name" --ignore-not-found \
    -o 'jsonpath={.spec.holderIdentity}{"\t"}{.spec.renewTime}') ||
    die 75 "the lease $lease_name in namespace $lease_space cannot be read (GOPS_LEASE=none goes without)"
  l_holder=${l_found%%"$tab"*}
  l_time=${l_found##*"$tab"}
}

lease_create() {
  printf '{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"%s","namespace":"%s"},"spec":{"holderIdentity":"%s","leaseDurationSeconds":%s,"renewTime":"%s"}}\n' \
    "$lease_name" "$lease_space" "$lease_me" "$lease_seconds" "$(micro_time)" >"$work/lease.json"
  kube create -f "$work/lease.json" -o name >/dev/null
}

# This machine and journal have it, once the lock beside the journal is held: nobody else is both.
# Another holder has to stay without a sign of life for as long as it asked for, on the clock of this
# machine: clocks of two machines may differ.
lease_take() {
  leases=leases.coordination.k8s.io
  lease_name=gopsc-$environment-$release
  lease_space=${GOPS_LEASE_NAMESPACE:-default}
  lease_seconds=${GOPS_LEASE_SECONDS:-60}
  if [ "${GOPS_LEASE-}" = none ]; then
    say "going without a lease: nothing keeps a runner on another machine away"
    return 0
  fi
  case $journal in
    /*) plain_field "$machine:$journal" ;;
    *) plain_field "$machine:$PWD/$journal" ;;
  esac
  lease_me=$j_plain
  lease_read
  if [ -z "$l_found" ]; then
    lease_create || die 75 "another runner was faster, or the lease $lease_name in namespace $lease_space cannot be made"
  else
    [ -z "$l_holder" ] || [ "$l_holder" = "$lease_me" ] || lease_outlast
    lease_patch "$l_holder" "$l_time" "$lease_me" || die 75 "another runner was faster ($lease_name)"
    [ -z "$l_holder" ] || [ "$l_holder" = "$lease_me" ] || lease_note="taken from $l_holder, last seen $l_time"
  fi
  now >"$work/lease"
  lease=$lease_name
  lease_renew &
  renewer=$!
}

lease_outlast() {
  l_length=$(kube -n "$lease_space" get "$leases" "$lease_name" -o 'jsonpath={.spec.leaseDurationSeconds}')
  l_was="$l_holder $l_time"
  l_until=$(($(now) + ${l_length:-$lease_seconds}))
  say "$l_holder runs this plan; watching for $(span "${l_length:-$lease_seconds}") whether it still does"
  while [ "$(now)" -le "$l_until" ]; do
    sleep "$poll"
    lease_read
    [ "$l_was" = "$l_holder $l_time" ] || die 75 "$l_holder is at work on this plan"
  done
}

# Beside the runner, and not longer than it lives.
lease_renew() {
  trap - EXIT INT TERM HUP
  while sleep $((lease_seconds / 3)) && kill -0 $$ 2>/dev/null; do
    lease_read
    if [ "$l_holder" = "$lease_me" ] && lease_patch "$lease_me" "$l_time" "$lease_me"; then
      now >"$work/lease.new" && mv "$work/lease.new" "$work/lease"
    fi
  done >/dev/null 2>&1
}

lease_give() {
  kill "$renewer" 2>/dev/null
  wait "$renewer" 2>/dev/null
  lease_read
  [ "$l_holder" != "$lease_me" ] || lease_patch "$lease_me" "$l_time" ""
}

cleanup() {
  if [ -n "$lease" ]; then
    (lease_give)
  fi
  [ -z "$shown" ] || printf '\n' >&2
  [ "$verb" != lost ] || rm -f "$journal.freeze"
  [ -z "$work" ] || rm -rf "$work"
  [ -z "$locked" ] || rm -rf "$locked"
}

still_moves() {
  s_lost=$(lost_host)
  [ -z "$s_lost" ] || die 9 "host $s_lost was lost: abort, then compile; the rest is planned from there"
}

verb_run() {
  still_moves
  was_aborted && die 9 "this plan was aborted: compile again for the rest"
  [ -n "$dry_run" ] || [ -s "$journal" ] || state_fresh
  if [ -n "$only" ]; then
    run_step "$only"
    return 0
  fi
  while IFS=$tab read -r _ v_id v_wave _ <&8; do
    if [ -z "$wave" ] || [ "$v_wave" = "$wave" ]; then
      run_step "$v_id"
    fi
    [ "$v_id" != "$until_id" ] || return 0
  done 8<"$work/order"
  [ -n "$wave" ] || [ -n "$dry_run" ] || say "all steps are done: sh rollout.sh finish"
}

verb_rollback() {
  still_moves
  was_aborted && die 9 "this plan was aborted"
  sed -n '1!G;h;$p' "$work/steps" >"$work/back"
  while IFS=$tab read -r _ v_id _ <&9; do
    [ "$v_id" != "$to_id" ] || return 0
    undo_step "$v_id"
  done 9<"$work/back"
}

verb_status() {
  v_all=0
  v_done=0
  v_next=
  while IFS=$tab read -r _ v_id _ _ _ _ v_count _ _ _ _ v_title <&8; do
    v_all=$((v_all + 1))
    if is_done "$v_id" -; then
      v_done=$((v_done + 1))
      v_mark="done"
    elif [ -n "$(began "$v_id")" ]; then
      v_tasks=$(grep -c "^$v_id${tab}[^-]" "$work/done")
      v_mark="$v_tasks of $v_count"
    else
      v_mark=-
    fi
    [ "$v_mark" = "done" ] || [ -n "$v_next" ] || v_next="$v_id: $v_title"
    [ "$verb" = next ] || printf '%-10s %-24s %s\n' "$v_mark" "$v_id" "$v_title"
  done 8<"$work/steps"
  if [ "$verb" = next ]; then
    printf '%s\n' "${v_next:-all steps are done}"
    if [ -n "$v_next" ]; then
      step_load "${v_next%%:*}"
      if in_window; then
        printf 'may begin now\n'
      else
        printf 'does not begin now: %s\n' "$i_why"
      fi
    fi
  else
    printf '%s of %s steps of %s (%s) are done\n' "$v_done" "$v_all" "$release" "$environment"
    v_lost=$(lost_host)
    [ -z "$v_lost" ] || printf 'host %s was lost: nothing more is carried out\n' "$v_lost"
  fi
}

verb_verify() {
  [ ! -s "$journal" ] || journal_check || die 9 "$journal was changed"
  way=forth
  v_bad=0
  last_tasks '' >"$work/tasks"
  while IFS= read -r row <&3; do
    task_load "$row"
    if ! reached && ! stopped_with_host; then
      say "  $t_unit is not as $t_step left it"
      v_bad=1
    fi
  done 3<"$work/tasks"
  [ "$v_bad" = 0 ] || die 5 "the cluster differs from what was done"
  say "everything is as the plan left it"
}

# ---- a host is lost

# Whether the set of the task is one that was stopped because its host is lost.
stopped_with_host() {
  [ "$t_verb" = scale ] && is_done lost "$t3" && [ "$(replicas_of "$t1" "$t2")" = 0 ]
}

# The runner of this plan, wherever it is, sees the file and stops before its next action.
stop_runner() {
  ! grep -q "^B$tab" "$table" ||
    die 12 "with GitOps the repository decides: set replicas of the sides of $target that take no logins to 0 there, fence the node, then abort"
  [ -n "$target" ] || die 2 "lost needs the name of a host"
  [ "$(node_ready "$target")" != True ] || die 3 "node $target is Ready, so it is not lost"
  : >"$journal.freeze" || die 9 "cannot write $journal.freeze"
  r_tries=0
  lock=$journal.lock
  while lock_read && [ "${l_machine:-$machine}" = "$machine" ] && [ -n "$l_pid" ] && kill -0 "$l_pid" 2>/dev/null; do
    r_tries=$((r_tries + 1))
    [ "$r_tries" -le 240 ] || die 75 "process $l_pid does not stop; end it, then say this again"
    sleep 0.5
  done
}

# Logins that were being moved when the runner stopped: half of the switches may have been told.
# They go back to the side that the journal believes; on a lost host nobody is online on either.
settle_logins() {
  awk -F '\t' '$4 == "logins" { print $2 }' "$work/steps" >"$work/login.steps"
  while IFS= read -r l_step <&8; do
    [ -n "$(began "$l_step")" ] || continue
    ! is_done "$l_step" - || continue
    # All groups of the zones of which some group is under way.
    awk -F '\t' -v s="$l_step" '
      FILENAME == ARGV[1] { done[$1 "\t" $2] = 1; next }
      FILENAME == ARGV[2] { begun[$1 "\t" $2] = 1; next }
      $1 == "H" { zone[$2] = $3; groups[++n] = $2 }
      $1 == "T" && $2 == s && ((s "\t" $3) in begun) && !((s "\t" $3) in done) { open[zone[$3]] = 1 }
      END { for (i = 1; i <= n; i++) if (zone[groups[i]] in open) print groups[i] }' \
      "$work/done" "$work/begun" "$table" >"$work/only"
    [ -s "$work/only" ] || continue
    say "taking back $l_step where it was not finished"
    way=back
    run_logins "$l_step"
    way=forth
  done 8<"$work/login.steps"
  rm -f "$work/only"
}

# Stops the side of each pair on the host that takes no logins: there is room for one elsewhere.
stop_idle_sides() { # host
  state_lines "$work/done" >"$work/now"
  sets_on "$1" >"$work/there" || die 4 "what runs on $1 is not known"
  awk -F '\t' 'FILENAME == ARGV[1] { there[$0] = 1; next }
    $1 == "H" && $4 == "stopped" && ((($5 "\t" $6) in there) || (($5 "\t" $7) in there))' \
    "$work/there" "$table" >"$work/pairs"
  : >"$work/ending"
  while IFS=$tab read -r _ l_group _ _ l_space l_a l_b <&8; do
    l_live=$(sed -n "s/^{\"group\":\"$l_group\",.*\"live\":\"\([ab]\)\".*/\1/p" "$work/now")
    if [ "$l_live" = a ]; then l_idle=$l_b; else l_idle=$l_a; fi
    printf '%s\t%s\n' "$l_space" "$l_idle" >>"$work/ending"
    is_done lost "$l_group" && continue
    l_running=$(replicas_of "$l_space" "$l_idle") || die 4 "the number of pods of $l_idle is not known"
    begin lost "$l_group" "$l_idle had $l_running"
    if [ "$l_running" != 0 ]; then
      say "  stopping $l_idle; logins of $l_group stay at side $l_live"
      kube -n "$l_space" patch "$sets" "$l_idle" --type=json --field-manager=gopsc-release -o name \
        -p "[{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":$l_running},{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":0}]" >/dev/null ||
        die 4 "stopping $l_idle was refused"
    fi
    mark lost "$l_group" "$l_idle"
  done 8<"$work/pairs"
}

# Pods of a lost host end when it is fenced; before that the controller has to have told them to.
wait_ending() {
  w_until=$(($(now) + 120))
  while IFS=$tab read -r w_space w_set <&8; do
    while pods_of "$w_space" "$w_set" | awk -F '\t' '$3 == "" { left = 1 } END { exit !left }'; do
      [ "$(now)" -lt "$w_until" ] || die 5 "pods of $w_set were not told to end"
      sleep "$poll"
    done
  done 8<"$work/ending"
}

verb_lost() { # host
  cp "$work/done" "$work/done.before"
  gone=$1
  [ "$(lost_host)" = "$1" ] || journal_add freeze - "$1" "$actor"
  rm -f "$journal.freeze"
  settle_logins
  stop_idle_sides "$1"
  wait_ending
  ! was_ended || state_write
  if [ -n "$who" ]; then
    actor=$who
    journal_add approve lost "$1" "the machine is off"
    [ "$(fence_of "$1")" = NoExecute ] ||
      kube taint node "$1" "$fence_key=nodeshutdown:NoExecute" --overwrite --field-manager=gopsc-release >/dev/null ||
      die 4 "node $1 could not be fenced"
    [ "$(fence_of "$1")" = NoExecute ] || die 5 "node $1 was not fenced"
    mark lost "node $1" fenced
    say "node $1 is fenced: its live sides start at their failover hosts"
  else
    say "only live sides of $1 will come back; when the machine is off: sh rollout.sh lost $1 --as WHO"
  fi
  was_ended || say "then: sh rollout.sh abort, and compile a replace_host"
}

verb_finish() {
  while IFS=$tab read -r _ v_id _ <&8; do
    is_done "$v_id" - || die 3 "$v_id is not done; abort writes the state of a plan that ends early"
  done 8<"$work/steps"
  state_write
  journal_add finish - - "$state"
}

# ---- gates that an abort opens again

# Entries that the plan has put last and not to open: directory, key, what they say.
gates_shut() {
  awk -F '\t' '
    FILENAME == ARGV[1] { done[$1 "\t" $2] = 1; next }
    $1 == "T" && $4 == "entry" && (($2 "\t" $3) in done) { at[$5 "\t" $6] = $8 }
    END {
      for (key in at) if (index(at[key], "\"status\":\"open\"") == 0) print key "\t" at[key]
    }' "$work/done" "$table" | sort
}

# Whether the journal says that the servers of a gate are untouched, or that all is done for them.
way_holds() { # id
  awk -F '\t' -v id="$1" '
    FILENAME == ARGV[1] { done[$1 "\t" $2] = 1; next }
    FILENAME == ARGV[2] { begun[$1 "\t" $2] = 1; next }
    $1 == "O" && $2 == id {
      holds = 1
      for (i = 7; i < NF; i += 2) {
        mark = $i "\t" $(i + 1)
        if ($6 == "done" ? !(mark in done) : (mark in done) || (mark in begun)) holds = 0
      }
    }
    END { exit !holds }' "$work/done" "$work/begun" "$table"
}

way_is_ready() { # id
  rows_of L "$1" >"$work/ready"
  while IFS=$tab read -r _ _ q_space q_set q_count q_images <&7; do
    images_of "$q_images"
    pods_are "$q_space" "$q_set" "$q_count" "$images" - - || return 1
  done 7<"$work/ready"
}

# Opens a gate where servers are as they were or as they become, and ready; else says why not.
gate_open() { # directory key entry
  o_why="its servers are half changed; the next compile plans the rest"
  awk -F '\t' -v d="$1" -v k="$2" '$1 == "O" && $3 == d && $4 == k' "$table" >"$work/ways"
  [ -s "$work/ways" ] || o_why="put it to open when the zone is well"
  while IFS=$tab read -r _ o_id _ _ o_entry _ <&6; do
    way_holds "$o_id" || continue
    if ! way_is_ready "$o_id"; then
      o_why="not all of its servers are ready; abort again when they are"
    elif entry_is "$1" "$2" "$o_entry"; then
      return 0
    elif entry_is "$1" "$2" "$3" && entry_put "$1" "$2" "$3" "$o_entry" && entry_is "$1" "$2" "$o_entry"; then
      journal_add opened - "$2" "$1"
      say "opened the gate again: $2"
      return 0
    else
      o_why="$1 does not have the entry that the plan has put, or cannot be changed"
    fi
  done 6<"$work/ways"
  return 1
}

gates_open() {
  gates_shut >"$work/shut"
  while IFS=$tab read -r g_directory g_key g_entry <&5; do
    gate_open "$g_directory" "$g_key" "$g_entry" && continue
    g_status=${g_entry#*'"status":"'}
    say "the gate stays shut: $g_key is ${g_status%%'"'*}; $o_why"
  done 5<"$work/shut"
}

verb_abort() {
  find_out
  gates_open
  state_write
  journal_add abort - - "$state"
  say "the next compile plans the rest from here"
}

verb_approve() { # step
  step_load "$1"
  if [ -z "$revision" ]; then
    [ -n "$who" ] || die 2 "approve needs --tag, --commit or --as"
    [ -z "$signers" ] || {
      how_to_approve "$1"
      die 6 "that $(plain "$who") agrees to $1 would be a record, and approvals of this plan are signed"
    }
    actor=$who
    journal_add record "$1" - "$who"
    say "recorded that $(plain "$who") agrees to $1"
    return 0
  fi
  command -v git >/dev/null 2>&1 || die 10 "git is missing"
  v_object=$(git -C "$here" rev-parse --verify --quiet "$revision") || die 2 "there is no $revision"
  v_signer=$(signed_by "$v_object" "$1")
  [ -n "$v_signer" ] || die 6 "$revision is no approval: it needs the line 'approve $1 of plan $plan_id', signed by somebody who may"
  actor=$v_signer
  journal_add approve "$1" "$v_object" "signed by $v_signer"
  say "$1 is approved by $(plain "$v_signer")"
}

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
