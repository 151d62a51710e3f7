#!/bin/sh
# An authority, and a repository with two pull requests of an agent: one within its delegation, one beyond it.
# usage: repository.sh <new directory> <directory of the programs>
# Leaves there: release/remit, authority.bundle, the key that signs statements, settings, and payments.git with main,
# refs/pull/{1,2}/{head,merge}, and the branches landed and overreached: main after the one, and after both.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
place=$1 bin=$2
# shellcheck source=Tests/Scripts/scene.sh
. "$root/Tests/Scripts/scene.sh"
exec >scene.log 2>&1

ssh-keygen -q -t ed25519 -N '' -C dana@example.org -f dana
remit init authority --organisation example.org --administrator dana@example.org --login dana --key dana
remit agent add claude-code --authority authority --vendor Anthropic --model claude-opus-4-6 \
    --tool edit --tool bash --owner dana@example.org --autonomy supervised --key dana

remit gate key --new sign-key >sign-key.pub
sed 's/^lifetime_hours = .*/&\nenvironments = ["production"]/' authority/authority.toml >policy.toml
cat >>policy.toml <<END

[[environment]]
name = "production"
repositories = ["payments"]
deploy_from = ["refs/heads/main"]
statement_keys = ["$(grep '^ssh-ed25519 ' sign-key.pub)"]
END
remit authority propose --policy policy.toml --authority authority --key dana

git init -q --bare -b main payments.git
git init -q -b main work
git -C work remote add origin "$place/payments.git"
cd work
mkdir Sources Deploy
echo 'settle()' >Sources/Settlement.swift
echo 'replicas: 2' >Deploy/prod.yml
cat >deploy.sh <<'END'
#!/bin/sh
echo "deployed to $1"
END
chmod 755 deploy.sh
git add .
person -m 'Settle payments'
git push -q origin main

git config user.name 'Claude Code of Dana'
git config user.email agent@example.org
remit grant --authority ../authority --agent claude-code --task PAY-42 \
    --purpose 'Retry the settlement job with backoff' --repository payments \
    --ref 'refs/heads/agent/PAY-42/**' --merge-into refs/heads/main --path 'Sources/**' --environment production --expires 8h \
    --model claude-opus-4-6 --tool edit --key ../dana --new-task-key ../task --worktree . >../grant.txt
trailer=$(grep '^Delegation: ' ../grant.txt)

git switch -q -c agent/PAY-42/retry
echo 'settle(retries: 3)' >Sources/Settlement.swift
git add .
agent 'Retry the settlement job'
git switch -q -c agent/PAY-42/scale
echo 'replicas: 20' >Deploy/prod.yml
git add .
agent 'Scale out

::error::nobody of ours says this'

# As a host keeps a pull request: its head, and the merge that it would make.
propose() { # number branch name
    git switch -q --detach main
    git -c core.hooksPath=/dev/null -c commit.gpgsign=false -c user.name='Sam Example' -c user.email=sam@example.org \
        merge -q --no-ff -m "Merge $2" "$2"
    git push -q --no-verify origin "$2:refs/pull/$1/head" "HEAD:refs/pull/$1/merge" "HEAD:refs/heads/$3"
}
propose 1 agent/PAY-42/retry landed
propose 2 agent/PAY-42/scale overreached
# Nobody vouches for who merges in a job, so a person has looked at both.
for branch in retry scale; do
    remit approve "agent/PAY-42/$branch" --repository payments --reason 'Read it' --key ../dana \
        --authority ../authority
done
cd ..

remit authority timestamp --authority authority --key dana
git -C authority bundle create -q ../authority.bundle main
mkdir release
cp "$bin/remit" release/remit
cat >settings <<END
REMIT_URL=file://$place/release/remit
REMIT_SHA256=$(sha256sum release/remit | cut -d' ' -f1)
REMIT_AUTHORITY=$place/authority.bundle
REMIT_ROOT=sha256:$(sha256sum authority/roots/1.toml | cut -d' ' -f1)
REMIT_REPOSITORY=payments
END
