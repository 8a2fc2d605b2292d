#!/usr/bin/env bash
# Every test, on SQLite and, where scripts/testdb.sh has started one, on MariaDB;
# beside them those in which people and instances meet once more under the race detector.
set -euo pipefail
cd "$(dirname "$0")/.."

# A test with goroutines of its own bears one of these words in its name.
together='Parallel|AtOnce|AtTheSameTime|Many(Callers|Presses|Editors|Approvals)|Submits|AgainstRecall|TwoInstances|Retr|EndsAtOnce|ManyMigrate|NoUpdateIsLost|UnderTheLock|RightsVersion|MailReaches'
# Pointer checks, which come with the race detector, took a third of its time: all in the translated SQLite, since
# nothing of ours is unsafe.
race() {
  CGO_ENABLED=1 go test -race -gcflags=all=-d=checkptr=0 -run "$together" ./model/store ./service/account ./service/exchange \
    ./service/execution ./service/filing ./service/library ./service/notice ./service/publication ./service/setting ./api/...
}

# Both at once, since each waits for its databases much of the time.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
race >"$log" 2>&1 &
racing=$!
status=0
CGO_ENABLED=0 go test ./... || status=$?
wait $racing || status=$?
echo "竞态检测："
cat "$log"
exit $status
