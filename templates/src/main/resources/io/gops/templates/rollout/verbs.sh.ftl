# ---- verbs

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

verb_finish() {
  while IFS=$tab read -r _ v_id _ <&8; do
    is_done "$v_id" - || die 3 "$v_id is not done; abort writes the state of a plan that ends early"
  done 8<"$work/steps"
  state_write
  journal_add finish - - "$state"
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
