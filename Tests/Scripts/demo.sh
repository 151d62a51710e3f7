#!/bin/sh
# The main job on a real server: pushes that stay within a delegation, and pushes that do not.
# Everything is made in one new folder, which is left to try on in.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
bin=${REMIT_BIN:-$root/.build/debug}
place=${1:-$(mktemp -d "${TMPDIR:-/tmp}/remit-demo.XXXXXX")}
mkdir -p "$place"
place=$(cd "$place" && pwd)
# shellcheck source=Tests/Scripts/scene.sh
. "$root/Tests/Scripts/scene.sh"

step() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
run() { printf '\033[36m$ %s\033[0m\n' "$*"; "$@"; }
# A push that is expected to be accepted, or refused: the demo fails when it is not.
accepted() { run git push origin "$@" || { echo "demo: this push should have been accepted" >&2; exit 1; }; }
refused() { if run git push "$@"; then echo "demo: this push should have been refused" >&2; exit 1; fi; }

step "a person's key, and an authority that says who may vouch for what"
ssh-keygen -q -t ed25519 -N '' -C dana@example.org -f dana
run remit init authority --organisation example.org --administrator dana@example.org --login dana --key dana
pin=sha256:$(sha256sum authority/roots/1.toml | cut -d' ' -f1)

step "an agent in the inventory, and a delegation for one task"
run remit agent add claude-code --authority authority --vendor Anthropic --model claude-opus-4-6 \
    --tool edit --tool bash --owner dana@example.org --autonomy supervised --key dana

step "a server: the authority, which guards itself, and a repository with the hook"
git clone -q --bare authority authority.git
git -C authority.git config --unset remote.origin.url
run remit install authority.git --authority "$place/authority.git" --root "$pin" --name authority \
    --ledger "$place/ledger.sqlite" --hook-binary "$bin/remit-hook"
git -C authority remote add origin "$place/authority.git"
git -C authority push -q -u origin main 2>/dev/null
git init -q --bare -b main payments.git
run remit install payments.git --authority "$place/authority.git" --root "$pin" --name payments \
    --ledger "$place/ledger.sqlite" --hook-binary "$bin/remit-hook"

step "a human's own commit"
git clone -q payments.git work 2>/dev/null
cd work
git config user.name 'Claude Code of Dana'
git config user.email agent@example.org
mkdir Sources Deploy
echo 'settle()' >Sources/Settlement.swift
echo 'replicas: 2' >Deploy/prod.yml
git add .
person -m 'Settle payments'
accepted HEAD:main

step "the agent's work tree is set up with a delegation and a task key"
run remit grant --authority ../authority --agent claude-code --task PAY-42 \
    --purpose 'Retry the settlement job with backoff' --repository payments \
    --ref 'refs/heads/agent/PAY-42/**' --merge-into refs/heads/main \
    --path 'Sources/**' --path 'Tests/**' --expires 8h --model claude-opus-4-6 --tool edit \
    --key ../dana --new-task-key ../task --worktree . >../grant.txt
cat ../grant.txt
trailer=$(grep '^Delegation: ' ../grant.txt)

step "an allowed change"
git switch -q -c agent/PAY-42/retry
echo 'settle(retries: 3)' >Sources/Settlement.swift
git add .
agent 'Retry the settlement job'
accepted HEAD

step "a path outside the grant"
echo 'replicas: 20' >Deploy/prod.yml
git add .
agent 'Scale out'
refused origin HEAD

step "the agent's clone may skip its own check; the server does not"
refused --no-verify origin HEAD

step "the agent asks for what it lacks, and the delegator reads the difference"
remit check --format json >../refused.json || true
request=$(remit request --from ../refused.json --authority ../authority --new-task-key ../next-task)
echo "$request"
run remit review "$request" --authority ../authority

step "the same edit, followed by its revert: what was pushed once stays in the history"
git revert --no-edit HEAD >/dev/null
git commit -q --amend --author 'Claude <noreply@anthropic.com>' -m 'Revert' --trailer "$trailer"
refused --no-verify origin HEAD
git reset -q --hard origin/agent/PAY-42/retry

step "an agent with no delegation"
echo 'settle(retries: 4)' >Sources/Settlement.swift
git add .
git -c commit.gpgsign=false -c core.hooksPath=/dev/null commit -q --author 'Claude <noreply@anthropic.com>' \
    -m 'Retry once more'
refused --no-verify origin HEAD
git reset -q --hard origin/agent/PAY-42/retry

step "an expired delegation"
remit grant --authority ../authority --agent claude-code --task PAY-41 --purpose 'A task of last week' \
    --repository payments --ref 'refs/heads/agent/PAY-41/**' --path 'Sources/**' --expires 1s \
    --key ../dana --new-task-key ../task-41 >../grant-41.txt
old=$(grep '^Delegation: ' ../grant-41.txt)
sleep 2
git switch -q -c agent/PAY-41/late origin/main
echo 'settle(retries: 5)' >Sources/Settlement.swift
git add .
git -c user.signingkey="$place/task-41" commit -q --author 'Claude <noreply@anthropic.com>' -m 'Too late' --trailer "$old"
refused --no-verify origin HEAD
git switch -q agent/PAY-42/retry

step "what the agent may do, in words"
run remit show "${trailer#Delegation: }" --authority ../authority

step "a delegation is taken back: the next push is refused"
run remit revoke "${trailer#Delegation: }" --authority ../authority --cause ended --reason 'the task is done' --key ../dana
echo 'settle(retries: 6)' >Sources/Settlement.swift
git add .
agent 'Retry more'
refused --no-verify origin HEAD
git reset -q --hard origin/agent/PAY-42/retry
run remit list --authority ../authority

step "a record that nobody may write is refused by the authority itself"
cd ../authority
sed -i 's/supervised/autonomous/' agents/claude-code.toml
git commit -qam 'Let it do more'
refused origin main
git reset -q --hard origin/main
cd ../work

step "try on in $place/work"
cat <<EOF
The hook guards $place/payments.git; the authority is $place/authority.git; decisions are in $place/ledger.sqlite.
  export HOME=$place/home GIT_CONFIG_GLOBAL=$place/home/.gitconfig GIT_CONFIG_NOSYSTEM=1 PATH=$bin:\$PATH
  cd $place/work
EOF
