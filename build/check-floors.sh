#!/usr/bin/env bash
# Restores, builds and runs an application on .NET 8 that pins its packages to the oldest ones that ours claim to work with; a pin below a floor of
# ours is an error. Takes the folder of the packed packages.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
packages=$(cd "${1:-$here/../artifacts/packages}" && pwd)
newest=$(ls -t "$packages"/ProgressiveDelivery.Sdk.[0-9]*.nupkg | head -1)
version=$(basename "$newest" .nupkg); version=${version#ProgressiveDelivery.Sdk.}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/floors/* "$work"
# Beside the sources that this machine has.
cat > "$work/NuGet.config" <<CONFIG
<configuration>
  <packageSources>
    <add key="packed" value="$packages" />
  </packageSources>
</configuration>
CONFIG

# A folder of its own for our packages, since their version stays while they change; all others are found where they are already.
cache=${NUGET_PACKAGES:-$HOME/.nuget/packages}
if ls -d "$cache"/progressivedelivery.sdk* >/dev/null 2>&1; then fallback=; else fallback=$cache; fi
dotnet run --project "$work/Floors.csproj" -p:FloorsVersion="$version" -p:RestorePackagesPath="$work/packages" -p:RestoreFallbackFolders="$fallback"
