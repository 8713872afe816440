#!/usr/bin/env bash
# How fast articles are matched, beside .NET Regex, Lucene.NET and ripgrep: all in turns on one core, over the same 50 MB or more of real text.
# Takes two or three minutes. docs/measuring.md says what is measured.
#
#     tests/side-by-side.sh [FOLDER [OPTION...]]
#
# FOLDER has articles in files named .ndjson or .ndjson.gz (default: ../shared/corpus beside the repository). Options, such as --rounds 3 or
# --json, go on to the program.
set -euo pipefail
if [[ "${1:-}" == -h || "${1:-}" == --help ]]; then
    sed -n '2,/^set/{s/^# \{0,1\}//;/^set/!p}' "$0"
    exit 0
fi
folder="$(dirname "$0")/../../shared/corpus"
if [[ "${1:-}" == [!-]* ]]; then
    folder=$1
    shift
fi
if [ ! -d "$folder" ]; then
    echo "skipped: there is no folder $folder (give a folder of articles as the first argument)"
    exit 0
fi
folder=$(cd "$folder" && pwd)
cd "$(dirname "$0")/.."

dotnet build tests/NewsMonitor.Benchmarks -c Release --nologo --verbosity quiet -clp:NoSummary >&2

literals=$(mktemp)
trap 'rm -f "$literals"' EXIT
cat >"$literals" <<'END'
الحوار الاستراتيجي
الحوار الستراتيجي
الاطار الاستراتيجي
انسحاب القوات
القوات الاميركية
القوات الأمريكية
القوات الأميركية
التحالف الدولي
اعادة انتشار
إعادة انتشار
سحب القوات
إعادة تموضع
END

run=(tests/NewsMonitor.Benchmarks/bin/Release/net10.0/NewsMonitor.Benchmarks side-by-side --corpus "$folder" --literals "$literals" "$@")
if command -v rg >/dev/null; then
    echo "$(rg --version | head -n 1); rg -F -j1 --no-config -c, $(wc -l <"$literals") literals" >&2
    run+=(--ripgrep "$(command -v rg)")
else
    echo "ripgrep is not here: going on without it. To compare with it: apt-get install ripgrep" >&2
fi

if command -v taskset >/dev/null; then
    taskset -c 0 "${run[@]}"
else
    echo "taskset is not here: the process is not kept to one core." >&2
    "${run[@]}"
fi
