#!/bin/sh
# packages.sh NAME... - installs the Debian packages that are missing; silent and without the network when none is.
# SPDX-License-Identifier: Apache-2.0
set -e
missing=
for p in "$@"; do
  dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then as_root=
elif command -v sudo >/dev/null 2>&1; then as_root=sudo
else
  echo "These packages are missing, and neither root nor sudo is at hand to install them:$missing" >&2
  exit 1
fi
echo "Installing:$missing"
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
