#!/usr/bin/env bash
# Rebuilds the fonts that documents embed (service/render/font) from the npm packages
# of Noto Serif SC and Noto Sans SC. Needs npm, iconv and hb-subset (Debian:
# libharfbuzz-bin). Same packages, same bytes.
#
# Serif, for all text: the characters of GBK, and those of the 通用规范汉字表 that GBK
# lacks (standard.txt). Sans, for headings: GB2312; what it lacks is set in serif.
# Both have the symbols that people type in forms: m², CO₂, ①, ≥, ㎡.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../../service/render/font
version=0.4.3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# charset NAME FIRST_LEAD LAST_LEAD FIRST_TRAIL prints the two-byte characters of a
# Chinese charset.
charset() {
  for lead in $(seq "$2" "$3"); do
    for trail in $(seq "$4" 254); do
      printf "\\x$(printf %x "$lead")\\x$(printf %x "$trail")\n"
    done
  done | iconv -c -f "$1" -t UTF-8
}
charset GB18030 129 254 64 >gbk.txt # its two-byte part; iconv's GBK is of 1995
charset GB2312 161 247 161 >gb2312.txt
symbols=20-7E,A0-17F,370-3FF,2000-27BF,2E80-2EFF,3000-303F,3200-33FF,FE30-FE4F,FF00-FFEF
keep=(--no-hinting '--layout-features=' '--drop-tables+=GSUB,GPOS,GDEF,BASE,STAT,vhea,vmtx,gasp')

# subset PACKAGE FILE NAME TEXTS… writes NAME.ttf with the characters of the texts.
subset() {
  local package=$1 file=$2 name=$3
  shift 3
  npm pack --silent "@expo-google-fonts/$package@$version" >/dev/null
  tar xzf expo-google-fonts-"$package"-*.tgz
  cat "$@" >characters.txt
  hb-subset "package/$file" --text-file=characters.txt --unicodes+="$symbols" "${keep[@]}" --output-file="$out/$name.ttf"
  cp package/LICENSE_FONT "$out/OFL.txt"
  rm -rf package
}
subset noto-serif-sc 400Regular/NotoSerifSC_400Regular.ttf serif gbk.txt "$here/standard.txt"
subset noto-sans-sc 500Medium/NotoSansSC_500Medium.ttf sans gb2312.txt
