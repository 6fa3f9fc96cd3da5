#!/usr/bin/env bash
# fuzz.sh <target> <seconds>: has AFL++ look for inputs that break a promise of that target.
# Needs afl-fuzz and afl-cmin (apt-get install afl++). Works in artifacts/fuzz/<target>; goes on where an earlier run stopped.
# Leaves crashes/ and hangs/ there, and new/: inputs that reach code which the corpus does not. Exits 1 when something was found.
set -euo pipefail
target=${1:?a target} seconds=${2:?seconds}
here=$(cd "$(dirname "$0")" && pwd)
work=$here/../../artifacts/fuzz/$target
tools=$here/../../artifacts/fuzz/tools
mkdir -p "$work" "$tools"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=0
export AFL_NO_UI=1 AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1 AFL_AUTORESUME=1 AFL_QUIET=1

dotnet publish "$here" -c Release -o "$work/program" --nologo -v q -p:RunAnalyzers=false
[ -x "$tools/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$tools"
for library in "$work"/program/ProgressiveDelivery.Sdk.dll "$work"/program/ProgressiveDelivery.Sdk.Backends.*.dll; do
  "$tools/sharpfuzz" "$library"
done

program=("$(command -v dotnet)" "$work/program/ProgressiveDelivery.Sdk.Fuzz.dll" "$target")
afl-fuzz -D -V "$seconds" -x "$here/dictionary.txt" -i "$here/corpus/$target" -o "$work/find" -G 8192 -t 2000 -m none -- "${program[@]}" > "$work/log.txt" 2>&1 \
  || { tail -n 20 "$work/log.txt"; exit 2; }

found=$work/find/default
grep -E '^(execs_done|execs_per_sec|corpus_count|corpus_found|saved_crashes|saved_hangs|edges_found|stability|run_time)' "$found/fuzzer_stats"
rm -rf "$work/crashes" "$work/hangs" "$work/all" "$work/new"
mkdir -p "$work/crashes" "$work/hangs" "$work/all" "$work/new"
find "$found/crashes" -name 'id:*' -exec cp {} "$work/crashes" \;
find "$found/hangs" -name 'id:*' -exec cp {} "$work/hangs" \;
cp "$here/corpus/$target"/* "$found/queue"/id:* "$work/all"
afl-cmin -i "$work/all" -o "$work/new" -t 2000 -m none -- "${program[@]}" >> "$work/log.txt" 2>&1 || true
echo "$(find "$work/new" -type f | wc -l) inputs reach what all $(find "$work/all" -type f | wc -l) do: $work/new"
if [ -n "$(ls "$work/crashes" "$work/hangs" | grep id:)" ]; then
  "${program[@]}" "$work/crashes" "$work/hangs" || true
  exit 1
fi
