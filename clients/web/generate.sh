#!/usr/bin/env bash
# Makes the TypeScript of proto/ in src/gen.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

rm -rf src/gen
mkdir -p src/gen
protoc -I ../../proto \
  --plugin=protoc-gen-es=node_modules/.bin/protoc-gen-es \
  --es_out=src/gen --es_opt=target=ts \
  ../../proto/madoguchi/kiosk/v1/*.proto \
  ../../proto/madoguchi/renewal/v1/*.proto \
  ../../proto/madoguchi/rpc/v1/status.proto \
  ../../proto/madoguchi/ticketing/v1/*.proto
