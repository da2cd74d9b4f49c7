#!/usr/bin/env bash
# Files of a release, from a clean checkout:  scripts/release.sh FOLDER
# The sources with build.json, by which the program knows its commit; the Helm chart; the bill of materials; checksums of all.
set -euo pipefail
cd "$(dirname "$0")/.."
to=${1:?a folder}
mkdir -p "$to"
version=$(node -p 'require("./package.json").version')
git log -1 --abbrev=8 --format='{"commit":"%h","date":"%cI"}' > build.json
trap 'rm -f build.json' EXIT
git archive --prefix="jishi-$version/" --add-file=build.json --format=tar.gz --output="$to/jishi-$version.tar.gz" HEAD
tar --create --gzip --dereference --sort=name --mtime="@$(git log -1 --format=%ct)" --owner=0 --group=0 --numeric-owner \
  --file="$to/jishi-chart-$version.tgz" --directory=manifests/helm jishi
npm run --silent sbom > "$to/jishi-$version.cdx.json"
(cd "$to" && sha256sum jishi-* > SHA256SUMS)
