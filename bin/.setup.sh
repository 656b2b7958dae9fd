# Sourced by the tools beside it: goes to the project's folder and gets ready what they need.
# Everything a run finds in place is left alone, so that the second run costs next to nothing.

called_from=$(pwd -P)
cd -- "$(dirname -- "$(readlink -f -- "$0")")/.."
root=$(pwd -P)
bun_version=$(sed -n 's/.*"packageManager": *"bun@\([0-9.]*\)".*/\1/p' package.json)
export TZ=UTC

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

prepare() {
  wants_help "$@" || ensure_database_server
  mkdir -p .tools
  if ! find_bun || ! packages_are_installed; then
    # Two tools that are started at once wait for each other here; the lock goes with its holder.
    exec 9>.tools/lock
    if command -v flock >/dev/null; then flock 9; fi
    find_bun || install_bun
    packages_are_installed || install_packages
    exec 9>&-
  fi
  if [ -f src/assets/build.ts ]; then "$bun" src/assets/build.ts --if-stale; fi
}

wants_help() {
  case " $* " in *' --help '* | *' -h '*) true ;; *) false ;; esac
}

# Exactly the pinned version: another one might read the lock file or run the tests differently.
find_bun() {
  for bun in "$(command -v bun || true)" "$root"/.tools/bun/node_modules/@oven/bun-*/bin/bun; do
    if [ -x "$bun" ] && [ "$("$bun" --version 2>/dev/null)" = "$bun_version" ]; then return 0; fi
  done
  return 1
}

# Without install scripts, which newer versions of npm do not run: the package of this machine's kind holds the program.
install_bun() {
  say "Fetching bun $bun_version into .tools"
  mkdir -p .tools/bun
  echo '{ "private": true }' >.tools/bun/package.json
  if command -v npm >/dev/null; then
    npm install --prefix .tools/bun --ignore-scripts --no-audit --no-fund --loglevel=error "bun@$bun_version" >&2
  elif command -v bun >/dev/null; then
    (cd .tools/bun && bun add --exact --ignore-scripts "bun@$bun_version" >&2)
  else
    fail 'This needs bun or npm. For example: sudo apt-get update && sudo apt-get install -y npm'
  fi
  find_bun || fail "bun $bun_version does not run on this machine"
}

packages_are_installed() { cmp -s bun.lock node_modules/.installed-lock; }

install_packages() {
  say 'Installing packages'
  "$bun" install --frozen-lockfile >&2
  cp bun.lock node_modules/.installed-lock
}

ensure_database_server() {
  if [ -n "${DATABASE_URL-}" ] || grep -qs '^ *DATABASE_URL=.' .env .env.local; then return 0; fi
  if has_database_server; then return 0; fi
  if ! command -v apt-get >/dev/null; then
    fail 'No database server here: install MariaDB or MySQL, or set DATABASE_URL'
  fi
  apt_install mariadb-server
  # The service of the package is another server with no books in it, and takes memory from ours.
  if command -v systemctl >/dev/null; then systemctl disable --now mariadb >/dev/null 2>&1 || true; fi
  has_database_server || fail 'mariadb-server was installed, but it brought no mariadbd'
}

has_database_server() {
  for folder in /usr/sbin /usr/bin /usr/libexec /usr/local/sbin /usr/local/bin \
    /usr/local/mariadb/bin /usr/local/mysql/bin /opt/mysql/bin; do
    if [ -x "$folder/mariadbd" ] || [ -x "$folder/mysqld" ]; then return 0; fi
  done
  command -v mariadbd >/dev/null || command -v mysqld >/dev/null
}

# Installs packages of the operating system, or says the one line with which a person does.
apt_install() {
  if [ "$(id -u)" != 0 ]; then
    say 'Something is missing on this machine. Run this once, then start again:'
    fail "sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
  fi
  say "Installing $*"
  export DEBIAN_FRONTEND=noninteractive
  # Containers come without lists, and lists may be so old that they name files that are gone.
  if [ -z "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit)" ]; then apt-get update -qq >&2; fi
  apt-get install -qq -y --no-install-recommends "$@" >&2 </dev/null || {
    apt-get update -qq >&2
    apt-get install -qq -y --no-install-recommends "$@" >&2 </dev/null
  }
}
