#!/usr/bin/env bash
# What it costs to poll a thousand feeds: ours beside newsboat, sfeed and rss2email, in turns on the same generated feeds, which a process of its
# own serves on this machine. Each polls once with nothing known, and once more with nothing changed. Some minutes a round. docs/measuring.md
# says what is measured.
#
#     tests/poll-benchmark.sh [--sources N] [--items N] [--hosts N] [--rounds N] [--slow N] [--only NAME...] [--json]
#
# Linux only. A reader that is not installed is left out: apt-get install newsboat sfeed rss2email.
set -euo pipefail
if [[ "${1:-}" == -h || "${1:-}" == --help ]]; then
    sed -n '2,/^set/{s/^# \{0,1\}//;/^set/!p}' "$0"
    exit 0
fi
cd "$(dirname "$0")/.."

for project in functions/NewsMonitor.Cli tests/NewsMonitor.Benchmarks; do
    dotnet build "$project" -c Release --nologo --verbosity quiet -clp:NoSummary >&2
done
echo "$(nproc) cores, $(uptime | sed 's/.*\(load average.*\)/\1/')" >&2
exec tests/NewsMonitor.Benchmarks/bin/Release/net10.0/NewsMonitor.Benchmarks poll "$@"
