#!/usr/bin/env bash
# Format, vet, staticcheck and module hygiene. The structure of the house (who may
# import whom) is a test: architecture_test.go.
set -euo pipefail
cd "$(dirname "$0")/.."
unformatted=$(gofmt -l $(git ls-files '*.go'))
if [ -n "$unformatted" ]; then
  echo "gofmt 未通过：" >&2
  echo "$unformatted" >&2
  exit 1
fi
go vet ./...
go tool staticcheck ./...
go mod tidy -diff
