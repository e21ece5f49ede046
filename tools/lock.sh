#!/bin/sh
# Compile requirements*.in to the full pinned locks. What is pinned already stays, unless "--upgrade" is given.
set -eu
cd "$(dirname "$0")/.."
for name in requirements requirements-dev; do
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header "$@" \
        --output-file "$name.txt" "$name.in"
done
