#!/bin/sh
# Takes Evidence App off again. Cases, their kept copies and the key that signs stay.
# With --settings, settings and logs go too.
set -eu

id=io.github.evidence_app.EvidenceApp
type=application-vnd.evidence-app.case+sqlite3
data=${XDG_DATA_HOME:-$HOME/.local/share}
config=${XDG_CONFIG_HOME:-$HOME/.config}
state=${XDG_STATE_HOME:-$HOME/.local/state}
program=$HOME/.local/lib/evidence-app

[ "$(readlink "$HOME/.local/bin/evidence-app" || true)" != "$program/evidence-app" ] ||
    rm "$HOME/.local/bin/evidence-app"
rm -f "$data/applications/$id.desktop" "$data/metainfo/$id.metainfo.xml" \
    "$data/mime/packages/evidence-app.xml"
if [ -d "$data/icons/hicolor" ]; then
    find "$data/icons/hicolor" -type f \
        \( -name "$id.*" -o -name "$id-symbolic.svg" -o -name "$type.*" \) -delete
fi

command -v update-desktop-database > /dev/null &&
    [ -d "$data/applications" ] && update-desktop-database "$data/applications" || true
if [ -d "$data/mime" ]; then
    rmdir "$data/mime/packages" 2> /dev/null || true
    if [ -d "$data/mime/packages" ]; then
        command -v update-mime-database > /dev/null && update-mime-database "$data/mime" || true
    else
        # Nobody else put anything there: what is left was made from our file.
        rm -rf "$data/mime"
    fi
fi
[ ! -f "$data/applications/mimeinfo.cache" ] ||
    [ "$(find "$data/applications" -type f | wc -l)" -gt 1 ] ||
    rm "$data/applications/mimeinfo.cache"

rm -rf "$program"
# Folders that are empty now; others have their own things in them.
for folder in applications metainfo icons; do
    [ ! -d "$data/$folder" ] || find "$data/$folder" -depth -type d -empty -delete
done
rmdir "$HOME/.local/lib" "$HOME/.local/bin" 2> /dev/null || true

if [ "${1:-}" = --settings ]; then
    rm -rf "$config/evidence-app" "$state/evidence-app"
fi
echo "Evidence App is gone. Cases stay where they are."
[ ! -d "$data/evidence-app" ] ||
    echo "Kept copies of cases, and the key that signs, stay in $data/evidence-app."
