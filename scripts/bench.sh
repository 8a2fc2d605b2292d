#!/usr/bin/env bash
# Benchmarks: ratios measured in one run, on this machine as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$dir/bench" ./scripts/bench
CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w" -o "$dir/biaochi" .
TMPDIR="$dir" BIAOCHI="$dir/biaochi" "$dir/bench"
