# shellcheck shell=sh
# Finds a JDK 25 or newer. Read by the scripts of this folder.

# Whether the folder $1 holds a JDK of version 25 or newer. Reads its release file: no process is started.
is_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        version=${line#*=}
        version=${version#\"}
        version=${version%%[!0-9]*}
        [ "${version:-0}" -ge 25 ]
        return
        ;;
    esac
  done <"$1/release"
  return 1
}

# Sets jdk: JAVA_HOME, the java on the PATH, or one of the usual folders. Fails when there is none.
find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
    jdk=$JAVA_HOME
    return 0
  fi
  java=$(command -v java || true)
  while [ -L "$java" ]; do
    link=$(readlink "$java")
    case $link in
      /*) java=$link ;;
      *) java=${java%/*}/$link ;;
    esac
  done
  for jdk in "${java%/bin/java}" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
    "${HOME:-}"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk "$jdk"; then return 0; fi
  done
  echo 'gopsc: no JDK 25 or newer found: set JAVA_HOME to one' \
    '(looked at JAVA_HOME, java on the PATH, /usr/lib/jvm, /opt, ~/.sdkman)' >&2
  return 1
}
