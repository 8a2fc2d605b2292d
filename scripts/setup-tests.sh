#!/usr/bin/env bash
# Installs what the tests need and the machine lacks, from Debian's packages, as
# root or with sudo. Does nothing where all is there.
set -euo pipefail

missing=()
command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] || missing+=(mariadb-server-core mariadb-client-core)
command -v chromium >/dev/null || missing+=(chromium)
fc-list :lang=zh 2>/dev/null | grep -q . || missing+=(fonts-noto-cjk fontconfig)
command -v gcc >/dev/null || missing+=(gcc libc6-dev) # the race detector needs cgo
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "缺少测试所需的软件：${missing[*]}（非 Debian 系统，请自行安装）" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "安装 ${missing[*]} 需要 root 或 sudo" >&2; exit 1; }
  as_root=(sudo)
fi
echo "安装测试所需的软件：${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
