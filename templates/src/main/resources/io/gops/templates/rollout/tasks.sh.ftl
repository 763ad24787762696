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
