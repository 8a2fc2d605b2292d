#!/usr/bin/env bash
# The browser's side: unit tests of its TypeScript, then the paths of people through
# the real program in Chromium.
set -euo pipefail
cd "$(dirname "$0")/../web"
npm run --silent test
npm run --silent e2e
