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
