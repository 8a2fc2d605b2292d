#!/usr/bin/env bash
# Loads the demo packages into an embedded database, once, and serves the pages.
# DEMO_DIR and DEMO_LISTEN let a test run it elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=${1:-bin/biaochi}
dir=${DEMO_DIR:-data}
listen=${DEMO_LISTEN:-127.0.0.1:8080}
database="sqlite:$dir/demo.db"
mkdir -p "$dir"
"$bin" import --database "$database" --approved --reason '演示数据' scripts/demo/*.json
"$bin" payments import --database "$database" --year 2024 scripts/demo/payments-2024.csv 2>"$dir/payments.log" || {
  cat "$dir/payments.log" >&2
  exit 1
}
exec "$bin" serve --database "$database" --listen "$listen" --demo
