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
