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
