#!/usr/bin/env bash
# Installs the Debian packages that are missing.
#
#   deploy/install.sh run     what deploy/run.sh needs
#   deploy/install.sh test    what tests/run.sh needs, too
#
# Says nothing and needs no root when nothing is missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

die() {
  echo "install: $*" >&2
  exit 1
}

# The packages for `$1`, one in each line.
list_packages() {
  awk -v want="$1" '
    /^[ \t]*(#|$)/ { next }
    $2 == "run" || $2 == want { print $1 }' "$here/packages.txt"
}

# Those of the arguments that are not installed.
list_missing() {
  local installed package
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" \
    2>/dev/null | awk '$2 == "installed" { print $1 }' || true)
  for package in "$@"; do
    case $package in
      nodejs) if command -v node >/dev/null; then continue; fi ;;
      npm) if command -v npm >/dev/null; then continue; fi ;;
    esac
    grep -qxF -- "$package" <<<"$installed" || echo "$package"
  done
}

# Debian starts a server as soon as it is installed. Ours is started by
# deploy/run.sh; another one on the standard port would only be in the way.
forbid_starts() {
  policy=/usr/sbin/policy-rc.d
  if [[ -e $policy ]]; then return; fi
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
}

main() {
  local purpose=${1:-run} had_redis=yes
  [[ $purpose == run || $purpose == test ]] ||
    die "say what for: run or test"
  command -v dpkg-query >/dev/null ||
    die "this needs Debian 12 (no dpkg-query here); install by hand what deploy/packages.txt lists, then use --no-install"

  local -a packages missing
  mapfile -t packages < <(list_packages "$purpose")
  mapfile -t missing < <(list_missing "${packages[@]}")
  if [[ ${#missing[@]} -eq 0 ]]; then return; fi

  [[ $(id -u) == 0 ]] ||
    die "missing: ${missing[*]}; run as root: apt-get install ${missing[*]}"
  command -v apt-get >/dev/null ||
    die "missing: ${missing[*]}, and there is no apt-get to install them"

  echo "install: ${missing[*]}"
  if [[ " ${missing[*]} " == *" redis-server "* ]]; then had_redis=no; fi
  forbid_starts
  export DEBIAN_FRONTEND=noninteractive
  local log
  log=$(mktemp)
  if ! { apt-get update &&
    apt-get install -y --no-install-recommends "${missing[@]}"; } \
    >"$log" 2>&1; then
    die "apt-get failed ($(grep -m1 '^E:' "$log" || tail -n 1 "$log")); its output is in $log"
  fi
  rm -f "$log"
  # Nor at the next boot; but a Redis that was here before is left alone.
  if [[ $had_redis == no ]] && [[ -d /run/systemd/system ]]; then
    systemctl disable --quiet redis-server || true
  fi
}

main "$@"
