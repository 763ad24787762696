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
