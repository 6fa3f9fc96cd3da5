#!/usr/bin/env bash
# Checks that each packed package has what a stranger looks for: a front page of its own, an icon, the license, XML documentation
# for each framework, release notes, and symbols beside it. Takes the folder of the packed packages. Needs unzip.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
packages=$(cd "${1:-$here/../artifacts/packages}" && pwd)
command -v unzip >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends unzip; }

faults=0
fault() { echo "$1"; faults=1; }
for project in "$here"/../src/*/*.csproj; do
  id=$(basename "$project" .csproj)
  package=$(ls -t "$packages/$id".[0-9]*.nupkg 2>/dev/null | head -1 || true)
  if [ -z "$package" ]; then fault "$id is not in '$packages'. Pack it first."; continue; fi
  name=$(basename "$package")
  content=$(unzip -Z1 "$package")
  for file in README.md LICENSE icon.png "lib/net10.0/$id.dll" "lib/net10.0/$id.xml" "lib/net8.0/$id.dll" "lib/net8.0/$id.xml"; do
    grep -qxF "$file" <<<"$content" || fault "$name has no $file."
  done
  [[ "$(unzip -p "$package" README.md 2>/dev/null || true)" == "# $id"$'\n'* ]] || fault "$name has the front page of something else."
  description=$(unzip -p "$package" "$id.nuspec")
  for element in '<readme>README.md<' '<icon>icon.png<' '<license type="expression">MIT<' '<description>[^<]' '<releaseNotes>[^<]' '<tags>[^<]'; do
    grep -q "$element" <<<"$description" || fault "$name: $id.nuspec has no $element."
  done
  symbols=$(unzip -Z1 "${package%.nupkg}.snupkg" 2>/dev/null || true)
  for file in "lib/net10.0/$id.pdb" "lib/net8.0/$id.pdb"; do
    grep -qxF "$file" <<<"$symbols" || fault "$name has no $file in a package of symbols beside it."
  done
done
[ "$faults" -eq 0 ] && echo "All packages are complete."
exit "$faults"
