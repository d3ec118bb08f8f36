#!/bin/sh
# Installs Evidence App for the person who runs it. Nothing outside of their home is touched.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
id=io.github.evidence_app.EvidenceApp
data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$HOME/.local/lib/evidence-app
commands=$HOME/.local/bin

if [ -e "$program" ] && [ ! -x "$program/evidence-app" ]; then
    echo "$program is something else. Nothing was installed." >&2
    exit 1
fi

# The whole program first, beside the old one: a full disk leaves what was there.
mkdir -p "$HOME/.local/lib" "$commands"
rm -rf "$program.new"
trap 'rm -rf "$program.new"' EXIT
cp -R "$here/program" "$program.new"
cp "$here/uninstall.sh" "$program.new/uninstall.sh"
rm -rf "$program"
mv "$program.new" "$program"
ln -sf "$program/evidence-app" "$commands/evidence-app"

(cd "$here/share" && find . -type f) | while read -r file; do
    mkdir -p "$(dirname "$data/$file")"
    cp "$here/share/$file" "$data/$file"
done
entry=$data/applications/$id.desktop
# A path with a space or a sign of the shell must be quoted, and a % doubled.
quoted=$(printf '%s' "$program/evidence-app" | sed 's/[\\"`$]/\\\\&/g; s/%/%%/g; s/[&|\\]/\\&/g')
sed "s|^Exec=evidence-app|Exec=\"$quoted\"|" "$here/share/applications/$id.desktop" > "$entry"

for tool in "update-desktop-database $data/applications" "update-mime-database $data/mime"; do
    command -v "${tool%% *}" > /dev/null || continue
    "${tool%% *}" "${tool#* }" > /dev/null 2>&1 || true
done
echo "Installed. Evidence App is in the menu of programs now."
echo "To take it off again: $program/uninstall.sh"
