# shellcheck shell=bash
# What the installers share. Each installer fills one folder, $GOUJI_EDITORS/NAME, and is quiet unless it fails.
#
#   begin NAME VERSIONS   ends the installer if NAME is there in these versions; else leaves an empty folder $dir
#   complete              says that the folder is whole
#   fail MESSAGE          ends the installer with a message
#   venv FOLDER           makes a Python environment
#   program FILE          makes an executable of what comes on standard input

tests=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
repository=$(cd "$tests/../.." && pwd)
: "${GOUJI_EDITORS:=$repository/target/editors}"

# Nothing is asked, audited or announced.
export npm_config_yes=true npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
export npm_config_loglevel=error PIP_DISABLE_PIP_VERSION_CHECK=1

exec 3>&2 # the terminal, once everything else goes to the log

fail() {
  echo "install: ${name:-$(basename "$0")}: $*" >&3
  exit 1
}

begin() {
  name=$1 dir=$GOUJI_EDITORS/$1 log=$GOUJI_EDITORS/$1.log
  mkdir -p "$GOUJI_EDITORS"
  # Two runs may want the same editor at once: the second waits and then finds it there.
  exec 9> "$GOUJI_EDITORS/$1.lock"
  flock 9
  # The path belongs to the stamp because Python environments name their own.
  stamp="$2 in $dir"
  if [[ -f $dir/.stamp && $(< "$dir/.stamp") == "$stamp" ]]; then exit 0; fi
  echo "install: $name ($2)" >&3
  rm -rf "$dir"
  mkdir "$dir"
  exec > "$log" 2>&1
  trap report EXIT
}

report() {
  local status=$?
  if ((status != 0)); then
    { echo "install: $name failed. The end of $log:"; tail -n 30 "$log"; } >&3
  fi
}

complete() {
  echo "$stamp" > "$dir/.stamp"
}

venv() {
  python3 -m venv "$1" || fail 'python3 cannot make a virtual environment (on Debian: apt-get install python3-venv)'
}

program() {
  cat > "$1"
  chmod +x "$1"
}
