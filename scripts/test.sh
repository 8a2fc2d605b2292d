#!/usr/bin/env bash
# Every test, on SQLite and, where scripts/testdb.sh has started one, on MariaDB;
# then the tests in which people and instances meet once more under the race detector.
set -euo pipefail
cd "$(dirname "$0")/.."
CGO_ENABLED=0 go test ./...

# A test with goroutines of its own bears one of these words in its name.
together='Parallel|AtOnce|AtTheSameTime|Many(Callers|Presses|Editors|Approvals)|Submits|AgainstRecall|TwoInstances|Retr|EndsAtOnce|ManyMigrate|NoUpdateIsLost|UnderTheLock|RightsVersion|MailReaches'
CGO_ENABLED=1 go test -race -run "$together" ./model/store ./service/account ./service/exchange ./service/execution \
  ./service/filing ./service/library ./service/notice ./service/publication ./service/setting ./api/...
