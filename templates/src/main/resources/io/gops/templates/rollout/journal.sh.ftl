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
