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
