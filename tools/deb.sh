#!/bin/sh
# deb.sh OUT - builds the Debian packages of this tree, changes included, into the folder OUT.
# SPDX-License-Identifier: Apache-2.0
set -e
top=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
version=$(sed -n "s/^project('recoupe', 'c', version: '\([^']*\)'.*/\1/p" "$top/meson.build")
place="$out/recoupe-$version"
rm -rf "$place" "$out"/*.deb
mkdir -p "$place"
# What git knows, as it is on the disk; an unpacked source without git is taken whole.
cd "$top"
if git rev-parse --git-dir >/dev/null 2>&1; then git ls-files -z | tar --null --verbatim-files-from -T - --ignore-failed-read -cf -
else tar --exclude='./build*' --exclude='./.git' -cf - .; fi | tar -xf - -C "$place"
cp -r "$place/packaging/debian" "$place/debian"
# The day of the last change, so that the same tree gives the same packages.
day=$(git log -1 --format=%cD 2>/dev/null || date -R -r CHANGELOG.md)
sed "s/@VERSION@/$version/; s/@DATE@/$day/" "$place/debian/changelog.in" >"$place/debian/changelog"
rm "$place/debian/changelog.in"
cd "$place"
dpkg-buildpackage --build=binary --unsigned-changes --unsigned-buildinfo >"$out/build.log" 2>&1 || {
  tail -40 "$out/build.log" >&2
  exit 1
}
ls "$out"/*.deb
