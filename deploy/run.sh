#!/usr/bin/env bash
# Starts Madoguchi on this machine, for this machine alone, and stops it on
# Ctrl-C. Installs and builds what is missing first.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: deploy/run.sh [--data DIR] [--port-base N] [--replicas N]
                     [--settings FILE] [--devices FILE] [--kiosk-token FILE]
                     [--renewal-token FILE] [--staff-key DIGITS] [--no-install]
                     [--demo] [--speed N]

  --data DIR       keeps the queue in DIR (default: deploy/data)
  --port-base N    the first port (default: 8080):
                     N           the pages, and what they call
                     N+1         ticketing
                     N+3         renewal
                     N+4         the sandbox that stands in for the national
                                 system
                     N+5         the kiosk's page, by its ticket machine
                     N+11 ...    its further replicas
                     N+20        the metrics of the gateway
                     N+21 ...    the metrics of each replica
                     N+30, N+31  the metrics of renewal and of the sandbox
                   N+2 is kept for a service to come. Redis has no port, only a
                   socket in DIR.
  --replicas N     how many ticketing servers, 1 to 9 (default: 1)
  --settings FILE  the city (default: deploy/config/example-city.textproto)
  --devices FILE   lets in only the devices of FILE, by their tokens (default:
                   everybody on this machine)
  --kiosk-token FILE
                   the token of the kiosk's ticket machine; with --devices there
                   is no kiosk without it
  --renewal-token FILE
                   the token that renewal shows to ticketing; with --devices
                   there is no renewal without it
  --staff-key DIGITS
                   opens the staff corner of the kiosk (default: 1234)
  --no-install     does not look for missing packages
  --demo           fills the hall with simulated visitors and clerks, on a queue
                   of its own: take a number beside them, or any counter
  --speed N        how fast the day of --demo goes by, 1 to 600 (default: 10)
TEXT
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bin=$root/build/release/bin

# The built pages.
pages=$root/build/web

data=$root/deploy/data
port_base=8080
replicas=1
settings=$root/deploy/config/example-city.textproto
devices=
kiosk_token=
renewal_token=
staff_key=1234
install=yes
demo=no
speed=10

# Whose kiosk stands here.
office=honcho
# A working day of the example city.
demo_day=$root/deploy/demo/monday.csv

# How long a server may take to say that it is ready.
ready_seconds=30
# How long a server may take to drain before it is killed.
drain_seconds=15

die() {
  echo "run: $*" >&2
  exit 1
}

read_options() {
  while [[ $# -gt 0 ]]; do
    case $1 in
      --data | --port-base | --replicas | --settings | --devices | \
        --kiosk-token | --renewal-token | --staff-key | --speed)
        [[ $# -ge 2 ]] || die "$1 needs a value"
        case $1 in
          --data) data=$2 ;;
          --port-base) port_base=$2 ;;
          --replicas) replicas=$2 ;;
          --settings) settings=$2 ;;
          --devices) devices=$2 ;;
          --kiosk-token) kiosk_token=$2 ;;
          --renewal-token) renewal_token=$2 ;;
          --staff-key) staff_key=$2 ;;
          --speed) speed=$2 ;;
        esac
        shift 2
        ;;
      --no-install) install=no && shift ;;
      --demo) demo=yes && shift ;;
      -h | --help) usage && exit 0 ;;
      *) die "unknown option $1; --help lists them" ;;
    esac
  done
  if [[ ! $port_base =~ ^[0-9]{1,5}$ ]] ||
    ((port_base < 1024 || port_base > 65000)); then
    die "--port-base must be 1024 to 65000, not $port_base"
  fi
  [[ $replicas =~ ^[1-9]$ ]] || die "--replicas must be 1 to 9, not $replicas"
  [[ $staff_key =~ ^[0-9]{4,12}$ ]] ||
    die "--staff-key must be 4 to 12 digits"
  if [[ ! $speed =~ ^[1-9][0-9]{0,2}$ ]] || ((speed > 600)); then
    die "--speed must be 1 to 600, not $speed"
  fi
  local token
  for token in "$kiosk_token" "$renewal_token"; do
    [[ -z $token || -r $token ]] || die "the token file $token cannot be read"
  done
  [[ -r $settings ]] || die "the settings file $settings cannot be read"
  settings=$(realpath "$settings")
  if [[ -n $devices ]]; then
    [[ -r $devices ]] || die "the devices file $devices cannot be read"
    [[ $demo == no ]] || die "--demo has no devices; leave out --devices"
    devices=$(realpath "$devices")
  fi
}

# --- Building -----------------------------------------------------------------

build() {
  local log=$root/build/release.log
  local -a targets=(ticketing renewal certification_authority gateway ticket_machine counter_terminal wall_display)
  if [[ $demo == yes ]]; then targets+=(replay); fi
  mkdir -p "$root/build"
  for tool in cmake ninja g++; do
    command -v "$tool" >/dev/null ||
      die "$tool is missing; run without --no-install"
  done
  echo "run: building (the first time takes some minutes)"
  (cd "$root" && cmake --preset release &&
    cmake --build --preset release --target "${targets[@]}") >"$log" 2>&1 ||
    die "the build failed; see $log"
  local -a options=()
  if [[ $install == no ]]; then options=(--no-install); fi
  "$root/clients/web/build.sh" "${options[@]}" || die "there are no pages"
}

# --- Starting and stopping ----------------------------------------------------

# The children of this script, the oldest first, and their names.
pids=()
declare -A name_of=()

# Starts `$2...` as the child `$1`, its output in the log of that name.
#
# A session of its own keeps Ctrl-C from it: the servers drain before Redis goes.
# Should this script be killed, the kernel tells the child to end.
start() {
  local name=$1
  shift
  setsid setpriv --pdeathsig TERM -- "$@" >"$data/log/$name.log" 2>&1 \
    </dev/null 9>&- &
  pids+=($!)
  name_of[$!]=$name
}

is_running() { kill -0 "$1" 2>/dev/null; }

# Stops the children, the youngest first: nobody is left without a server.
stop_all() {
  local status=$? i pid waited
  trap - EXIT
  trap '' INT TERM
  for ((i = ${#pids[@]} - 1; i >= 0; --i)); do
    pid=${pids[i]}
    kill -TERM "$pid" 2>/dev/null || continue
    for ((waited = 0; waited < drain_seconds * 10; ++waited)); do
      is_running "$pid" || break
      sleep 0.1
    done
    if is_running "$pid"; then
      echo "run: ${name_of[$pid]} did not stop within $drain_seconds s; killed" >&2
      kill -KILL "$pid" 2>/dev/null || true
    fi
    wait "$pid" 2>/dev/null || true
  done
  exit "$status"
}

# What a child said last, in one line.
last_words() {
  local line
  line=$(grep -v '^[[:space:]]*$' "$data/log/$1.log" 2>/dev/null | tail -n 1)
  echo "${line:-it said nothing} (all of it: $data/log/$1.log)"
}

# Whether Redis ended because the disk of its log was full. Its words are on that
# disk too, so it may not have been able to say so.
disk_was_full() {
  local left
  if tail -n 5 "$data/log/redis.log" 2>/dev/null |
    grep -qE 'No space left on device|Short write while writing to the AOF'; then
    return 0
  fi
  left=$(df --output=avail -k "$data/redis" | tail -n 1)
  ((left < 1024))
}

# Why child `$1` ended, in one line.
why_ended() {
  if [[ $1 == redis ]] && disk_was_full; then
    echo "the disk of $data is full. Nothing that was answered is lost: make" \
      "room there, then run this again"
  else
    last_words "$1"
  fi
}

# Waits until child `$1` has written `$2` to its log.
wait_until_said() {
  local name=$1 words=$2 pid=${pids[-1]} waited
  for ((waited = 0; waited < ready_seconds * 10; ++waited)); do
    if grep -qF -- "$words" "$data/log/$name.log" 2>/dev/null; then return; fi
    is_running "$pid" || die "$name did not start: $(why_ended "$name")"
    sleep 0.1
  done
  die "$name was not ready within $ready_seconds s: $(last_words "$name")"
}

port_of() { echo $((port_base + ($1 == 1 ? 1 : 9 + $1))); }
metrics_port_of() { echo $((port_base + 20 + $1)); }

check_port_is_free() {
  if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
    die "port $1 is taken; choose another --port-base"
  fi
}

prepare_data() {
  if [[ $demo == yes ]]; then data=$data/demo; fi
  mkdir -p "$data/log" "$data/redis" 2>/dev/null ||
    die "the directory $data cannot be made"
  data=$(realpath "$data")
  # Redis asks nobody for a password: who may enter here may do what ticketing
  # may. See deploy/README.md.
  chmod 700 "$data/redis"
  # A longer address cannot be bound.
  local socket=$data/redis/redis.sock
  [[ ${#socket} -le 107 ]] ||
    die "the path $data is too long for a socket; choose a shorter --data"
  exec 9>"$data/lock"
  flock -n 9 || die "another deploy/run.sh works in $data"
  # The synthetic day is in the past of any queue that was used before.
  if [[ $demo == yes ]]; then rm -rf "$data/redis/appendonlydir" "$data/kiosk" "$data/authority"; fi
}

start_redis() {
  command -v redis-server >/dev/null ||
    die "redis-server is missing; run without --no-install"
  start redis redis-server "$root/deploy/redis/redis.conf" \
    --dir "$data/redis" --aclfile "$root/deploy/redis/users.acl"
  wait_until_said redis 'eady to accept connections'
}

# Starts the servers with `$@` besides what is the same for all.
start_ticketing() {
  local i name
  for ((i = 1; i <= replicas; ++i)); do
    name=ticketing-$i
    start "$name" "$bin/ticketing" \
      --settings "$settings" \
      --listen "127.0.0.1:$(port_of "$i")" \
      --metrics_listen "127.0.0.1:$(metrics_port_of "$i")" \
      --redis "unix:$data/redis/redis.sock" \
      --devices "$devices" "$@"
    wait_until_said "$name" 'ticketing: ready on'
  done
}

# The addresses of all replicas.
list_replicas() {
  local i targets
  targets=127.0.0.1:$(port_of 1)
  for ((i = 2; i <= replicas; ++i)); do
    targets+=,127.0.0.1:$(port_of "$i")
  done
  echo "$targets"
}

renewal_port() { echo $((port_base + 3)); }
renewal_metrics_port() { echo $((port_base + 30)); }
has_renewal() { [[ -z $devices || -n $renewal_token ]]; }

authority_port() { echo $((port_base + 4)); }
authority_metrics_port() { echo $((port_base + 31)); }

# Starts what stands in for the national system, with `$@` besides. No hall needs
# it where staff work at the national terminal; demonstrations do.
start_authority() {
  start authority "$bin/certification_authority" \
    --listen "127.0.0.1:$(authority_port)" \
    --metrics_listen "127.0.0.1:$(authority_metrics_port)" \
    --data "$data/authority" \
    --weather "$root/deploy/config/weather.textproto" "$@"
  wait_until_said authority 'ready on'
}

# Starts renewal with `$@` besides.
start_renewal() {
  if ! has_renewal; then return; fi
  start renewal "$bin/renewal" \
    --settings "$settings" \
    --listen "127.0.0.1:$(renewal_port)" \
    --metrics_listen "127.0.0.1:$(renewal_metrics_port)" \
    --redis "unix:$data/redis/redis.sock" \
    --devices "$devices" --ticketing_token_file "$renewal_token" \
    --authority "127.0.0.1:$(authority_port)" \
    --ticketing "$(list_replicas)" "$@"
  wait_until_said renewal 'renewal: ready on'
}

# Where pages and kiosk find renewal; empty if it is not started.
renewal_target() {
  if has_renewal; then echo "127.0.0.1:$(renewal_port)"; fi
}

# Shows the built pages, and takes what they call to ticketing and renewal.
start_gateway() {
  start gateway "$bin/gateway" \
    --listen "house=127.0.0.1:$port_base" \
    --metrics_listen "127.0.0.1:$(metrics_port_of 0)" \
    --ticketing "$(list_replicas)" \
    --renewal "$(renewal_target)" \
    --pages "$pages"
  wait_until_said gateway 'gateway: ready on'
}

kiosk_port() { echo $((port_base + 5)); }
has_kiosk() { [[ -z $devices || -n $kiosk_token ]]; }

# The ticket machine of this machine's kiosk. Its slips are a file: a printer
# would be named here.
start_kiosk() {
  if ! has_kiosk; then return; fi
  mkdir -p "$data/kiosk"
  start kiosk "$bin/ticket_machine" \
    --target "$(list_replicas)" --renewal "$(renewal_target)" \
    --office "$office" --token_file "$kiosk_token" \
    --journal "$data/kiosk/journal" --printer "$data/kiosk/slips.txt" \
    --page_listen "127.0.0.1:$(kiosk_port)" --pages "$pages" \
    --staff_key "$staff_key"
  wait_until_said kiosk 'ticket_machine: ready on'
}

print_addresses() {
  local i
  echo
  echo "start here http://localhost:$port_base/" \
    "  metrics http://127.0.0.1:$(metrics_port_of 0)/metrics"
  echo "  display  http://display.localhost:$port_base/"
  echo "  counter  http://counter.localhost:$port_base/"
  if has_kiosk; then
    echo "  kiosk    http://kiosk.localhost:$(kiosk_port)/" \
      "  slips in $data/kiosk/slips.txt"
  else
    echo "  kiosk    none: give it its token with --kiosk-token"
  fi
  for ((i = 1; i <= replicas; ++i)); do
    echo "ticketing  127.0.0.1:$(port_of "$i")" \
      "  metrics http://127.0.0.1:$(metrics_port_of "$i")/metrics"
  done
  if has_renewal; then
    echo "renewal    127.0.0.1:$(renewal_port)" \
      "  metrics http://127.0.0.1:$(renewal_metrics_port)/metrics"
  else
    echo "renewal    none: give it its token with --renewal-token"
  fi
  echo "authority  127.0.0.1:$(authority_port)" \
    "  metrics http://127.0.0.1:$(authority_metrics_port)/metrics" \
    "  (a sandbox)"
  echo "data       $data"
  echo
  echo "Ctrl-C stops everything."
}

# Returns when a child has ended that should not.
watch_children() {
  local pid
  while true; do
    wait -n 2>/dev/null || true
    for pid in "${pids[@]}"; do
      if is_running "$pid"; then continue; fi
      if [[ $pid == "${replay_pid:-}" ]] && wait "$pid"; then
        echo "run: the simulated day is over; the hall stays open"
        replay_pid=
        forget "$pid"
        continue
      fi
      die "${name_of[$pid]} ended: $(why_ended "${name_of[$pid]}")"
    done
  done
}

# No longer counts `$1` among the children.
forget() {
  local -a left=()
  local pid
  for pid in "${pids[@]}"; do
    if [[ $pid != "$1" ]]; then left+=("$pid"); fi
  done
  pids=("${left[@]}")
}

# Starts the servers on the clock of a simulated day, and the day.
start_demo() {
  local scale
  [[ -r $demo_day ]] || die "the day $demo_day cannot be read"
  scale=$("$bin/replay" --day "$demo_day" --settings "$settings" \
    --speed "$speed" --print_clock) ||
    die "the day $demo_day cannot be played"
  start_ticketing --clock scaled --clock_scale "$scale"
  start_authority --clock scaled --clock_scale "$scale"
  start_renewal --clock scaled --clock_scale "$scale"
  start_gateway
  start_kiosk
  start replay "$bin/replay" --day "$demo_day" --settings "$settings" \
    --targets "$(list_replicas)" --clock_scale "$scale" --quiet --with_people \
    --renewal "127.0.0.1:$(renewal_port)" \
    --authority "127.0.0.1:$(authority_port)"
  replay_pid=${pids[-1]}
}

main() {
  read_options "$@"
  if [[ $install == yes ]]; then "$root/deploy/install.sh" run; fi
  build
  prepare_data

  local i
  check_port_is_free "$port_base"
  check_port_is_free "$(kiosk_port)"
  check_port_is_free "$(metrics_port_of 0)"
  check_port_is_free "$(authority_port)"
  check_port_is_free "$(authority_metrics_port)"
  if has_renewal; then
    check_port_is_free "$(renewal_port)"
    check_port_is_free "$(renewal_metrics_port)"
  fi
  for ((i = 1; i <= replicas; ++i)); do
    check_port_is_free "$(port_of "$i")"
    check_port_is_free "$(metrics_port_of "$i")"
  done

  trap stop_all EXIT
  trap 'exit 0' INT TERM
  start_redis
  if [[ $demo == yes ]]; then
    start_demo
  else
    start_ticketing
    start_authority
    start_renewal
    start_gateway
    start_kiosk
  fi
  print_addresses
  watch_children
}

main "$@"
