#!/usr/bin/env bash
# Every test, on SQLite and, where scripts/testdb.sh has started one, on MariaDB;
# then the packages with concurrency once more under the race detector.
set -euo pipefail
cd "$(dirname "$0")/.."
CGO_ENABLED=0 go test ./...
CGO_ENABLED=1 go test -race ./model/... ./service/exchange/... ./service/publication/... ./service/account/... ./api/...
CGO_ENABLED=1 go test -race -run '^(TestDoubleSubmits|TestRepeatedSubmits|TestPassAgainstRecall|TestManyEditors|TestManyApprovals)$' ./service/filing
