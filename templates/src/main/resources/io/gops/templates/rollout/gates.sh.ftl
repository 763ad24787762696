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
