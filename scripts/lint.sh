#!/usr/bin/env bash
# Format, vet, staticcheck and module hygiene; the same for the browser's side. The structure of the house (who may
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

cd web
npm run --silent lint
npm run --silent check
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
npx --no-install openapi-typescript ../api/openapi.json --enum-values --output "$fresh" >/dev/null
if ! npx --no-install prettier --stdin-filepath schema.ts <"$fresh" | cmp -s - src/api/schema.ts; then
  echo "web/src/api/schema.ts 与 api/openapi.json 不一致，请执行 make generate" >&2
  exit 1
fi
