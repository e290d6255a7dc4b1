#!/usr/bin/env bash
# Uses the library as teams do, outside this repository: a platform package and an application,
# set up as `cdk8s init typescript-app` does. KEEP=1 keeps the folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
repository=$PWD
template=$repository/node_modules/cdk8s-cli/templates/typescript-app
export CDK8S_CHECK_UPGRADE=false

outside=$(mktemp -d)
if [[ -n ${KEEP:-} ]]; then echo "kept: $outside"; else trap 'rm -rf "$outside"' EXIT; fi

install() { npm install --prefer-offline --no-audit --no-fund --loglevel=error "$@"; }
pack() { npm pack --loglevel=error --pack-destination "$outside" "$@" | tail -n 1; }
installed() { echo "$1@$(node -p "require('./node_modules/$1/package.json').version")"; }
fail() {
  echo "$1" >&2
  exit 1
}

peers=("$(installed cdk8s)" "$(installed constructs)")
typescript=$(installed typescript)
cli=$(installed cdk8s-cli)

echo '-- pack the library'
rm -rf build
library=$outside/$(pack)

echo '-- build and pack the platform package'
cp -R test/consumer/platform test/consumer/application "$outside"
cd "$outside/platform"
cp "$template/tsconfig.json" .
install --no-save "$library" "${peers[@]}" "$typescript"
npx --no-install tsc
platform=$outside/$(pack)

echo '-- install the application'
cd "$outside/application"
cp "$template"/{tsconfig.json,jest.config.js,cdk8s.yaml} .
install "$library" "$platform" "${peers[@]}"
install --save-dev "$cli" "$typescript" ts-node@^10 jest@^29 ts-jest@^29 @types/jest@^29 @types/node@^14

echo '-- its types'
npx --no-install tsc --noEmit

echo '-- its tests'
npx --no-install jest

echo '-- cdk8s synth'
npx --no-install cdk8s synth
digests=$(sha256sum dist/{dev,staging,prod}/shop/application.k8s.yaml)
echo "$digests"
[[ $(cut -d ' ' -f 1 <<<"$digests" | sort -u | wc -l) == 1 ]] ||
  fail 'application.k8s.yaml differs between environments'

echo '-- golden-path synth'
mv dist cdk8s-synth
npx --no-install golden-path synth
diff -r cdk8s-synth dist || fail 'cdk8s synth and golden-path synth write different files'

echo '-- the library works outside its repository'
