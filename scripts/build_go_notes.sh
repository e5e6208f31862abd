#!/usr/bin/env bash
# Builds the provider `notes` in Go (tests/go_notes/README.md) as providers in Go are released: static, stripped,
# without paths of this machine. What it is built of, Go's modules, is fetched once and checked against go.sum. Safe to
# run again: what has not changed is not built anew.
#
#   scripts/build_go_notes.sh      build/go_notes/terraform-provider-notes
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

choose_go
binary=$PWD/build/go_notes/terraform-provider-notes
cd tests/go_notes
CGO_ENABLED=0 GOFLAGS="-mod=readonly -buildvcs=false" GOTOOLCHAIN=local GOWORK=off \
  go build -trimpath -ldflags "-s -w" -o "$binary" .
