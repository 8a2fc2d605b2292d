# The commands that people run. `make run` and `make test` work in a fresh clone.

BIN     := bin/biaochi
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
GOBUILD := CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X biaochi/cmd.version=$(VERSION)"

.DEFAULT_GOAL := help
.PHONY: help run build test lint bench generate web

help: ## show the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## start on an embedded database with the demo case loaded
	@scripts/run-demo.sh $(BIN)

build: web ## build bin/biaochi, one file that stands alone
	@$(GOBUILD) -o $(BIN) .

# npm's own record of what it installed is newer than the lock file, or all is
# installed anew.
MODULES := web/node_modules/.package-lock.json

$(MODULES): web/package-lock.json
	@cd web && npm ci --loglevel=error
	@touch $@

web: $(MODULES) ## build the browser application into web/dist
	@cd web && npm run --silent build -- --logLevel warn

test: web ## install what is missing, start private services, run every test
	@scripts/setup-tests.sh
	@scripts/testdb.sh scripts/test.sh
	@scripts/test-web.sh

lint: $(MODULES) ## format, vet, staticcheck, and the project's own rules
	@scripts/lint.sh

bench: ## time tables, documents and boards, as ratios measured in one run
	@scripts/bench.sh

generate: $(MODULES) ## rewrite generated files (schemas, types, golden documents)
	@go test ./service/exchange ./service/disclosure ./web -update
	@go test ./api -run '^TestSpecIsFresh$$' -update
	@cd web && npm run --silent types
