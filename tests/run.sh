#!/usr/bin/env bash
# Builds everything and runs all tests. Installs what they need: Node.js (from Debian, where apt and root are at hand) and the
# storage emulator of tests/package.json. Ends with a line "N passed, N failed" and exits 0 only if none failed.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v npm >/dev/null; then
    echo "Node.js is not here; installing it for the storage emulator."
    if ! { apt-get update -qq && apt-get install -y -qq nodejs npm; } >/dev/null; then
        echo "Install Node.js 20 or newer (https://nodejs.org), then run this again." >&2
        exit 1
    fi
fi
if ! cmp -s tests/package-lock.json tests/node_modules/.installed; then
    npm ci --prefix tests --no-audit --no-fund --loglevel=error
    cp tests/package-lock.json tests/node_modules/.installed
fi

dotnet build Monitor.sln --nologo --verbosity quiet -clp:NoSummary

passed=0
failed=0
for project in tests/NewsMonitor.Tests.*/; do
    echo "== $(basename "$project")"
    # The runner exits with 1 when a test failed; what counts is its closing line.
    output=$(dotnet run --no-build --project "$project" -- -noColor -longRunning 60 2>&1) || true
    echo "$output" | grep -vE '^  (Discovering|Discovered|Starting|Finished):' || true
    summary=$(echo "$output" | grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' | tail -n 1)
    if [[ $summary =~ Total:\ ([0-9]+),\ Errors:\ ([0-9]+),\ Failed:\ ([0-9]+),\ Skipped:\ ([0-9]+) && ${BASH_REMATCH[1]} -gt 0 ]]; then
        bad=$((BASH_REMATCH[2] + BASH_REMATCH[3]))
        failed=$((failed + bad))
        passed=$((passed + BASH_REMATCH[1] - BASH_REMATCH[3] - BASH_REMATCH[4]))
    else
        echo "$project ran no test" >&2
        failed=$((failed + 1))
    fi
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
