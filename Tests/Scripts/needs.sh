#!/bin/sh
# Installs what building and testing need and the machine lacks. Debian and its relatives; elsewhere it says what is missing.
set -eu

packages=
want() { # command-that-shows-it-is-there package
    sh -c "$1" >/dev/null 2>&1 || packages="$packages $2"
}
want 'command -v git' git
want 'command -v ssh-keygen && command -v ssh-agent' openssh-client
want 'command -v pkg-config' pkg-config
want 'pkg-config --exists libgit2' libgit2-dev
want 'pkg-config --exists sqlite3' libsqlite3-dev
want 'pkg-config --exists yaml-0.1' libyaml-dev
want 'pkg-config --exists libpq' libpq-dev
# Its programs are all that is used: the tests start servers of their own.
want 'ls /usr/lib/postgresql/*/bin/postgres' postgresql
want 'command -v sqlite3' sqlite3
want 'command -v python3' python3
want 'command -v shellcheck' shellcheck
want 'command -v curl' curl
want 'command -v openssl' openssl
want 'python3 -c "import ensurepip, venv"' python3-venv
want 'command -v faketime' faketime
want 'command -v valgrind' valgrind
want 'command -v objcopy' binutils
want 'command -v go' golang-go
want 'command -v chromium-headless-shell || command -v chromium' chromium-headless-shell
want 'ls /usr/share/fonts/truetype/*/*.ttf' fonts-dejavu-core
# Of these too only the programs are used.
want 'command -v /usr/sbin/sshd' openssh-server
want 'command -v gitolite' gitolite3
want 'command -v /usr/sbin/nginx' nginx-light
want 'command -v /usr/sbin/fcgiwrap' fcgiwrap
want 'test -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog' golang-golang-x-mod-dev

if ! command -v swift >/dev/null 2>&1; then
    echo "remit: error: there is no Swift toolchain; install Swift 6.2 or later from swift.org" >&2
    exit 1
fi
[ -n "$packages" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "remit: error: please install what gives:$packages" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then as_root=sudo; fi
echo "remit: installing$packages" >&2
# No package starts the service that it brings.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap '$as_root rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod 755 "$policy"
fi
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $packages >&2
