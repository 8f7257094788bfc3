#!/bin/sh
# Builds assets/plotly-traces.min.js, the part of plotly.js this page draws with (a third of the stock file's size).
# Run: sh .ci/plotly/build.sh. It needs Node 18 or newer, npm and its registry; without them it says so and ends well,
# for the page then loads the stock plotly.js that comes with the Python package. It does nothing while the file is
# newer than what it is made from. Keep the version in package.json equal to plotly.offline.get_plotlyjs_version().
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
target="$root/assets/plotly-traces.min.js"
work="$root/.cache/plotly"   # outside assets/, which Dash serves in full

give_up() {
    echo "plotly bundle: $1; the stock plotly.js will serve."
    rm -rf "$work"
    exit 0
}

if [ -s "$target" ] && [ -z "$(find "$here" -type f -newer "$target")" ]; then
    exit 0
fi
command -v node >/dev/null 2>&1 || give_up "Node is not installed"
command -v npm >/dev/null 2>&1 || give_up "npm is not installed"
major=$(node -p 'parseInt(process.versions.node, 10)' 2>/dev/null) || give_up "Node does not run"
[ "$major" -ge 18 ] || give_up "Node $major is older than 18"

rm -rf "$work"
mkdir -p "$work" "$root/assets"
cp "$here/package.json" "$here/package-lock.json" "$here/plotly-bundle.js" "$work/"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=silent \
    --fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-timeout=60000 >/dev/null 2>&1 ||
    give_up "its packages could not be installed"
# The style sheet left out is that of the tile maps, which are not part of this bundle.
node_modules/.bin/esbuild plotly-bundle.js --bundle --minify --format=iife --target=es2020 --legal-comments=none \
    --define:global=window --define:define.amd=false --loader:.css=empty --log-level=error \
    --banner:js='/*! plotly.js (scattergeo, bar, scatter). Copyright Plotly, Inc. MIT licence. */' --outfile=bundle.js ||
    give_up "esbuild failed"
mv bundle.js "$target"
rm -rf "$work"
echo "plotly bundle: built assets/plotly-traces.min.js"
