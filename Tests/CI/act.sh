#!/bin/sh
# The example workflows and the composite action, as they stand, run by act on the machine itself: merges and deployments
# that are allowed and refused, and a program that is not the pinned one.
# usage: act.sh <directory of the tools> <scene of repository.sh> <ci-templates>
set -eu
tools=$1 scene=$2 templates=$3
place=$scene/act
mkdir -p "$place/home" "$place/source" "$place/tmp"
cp -R "$templates" "$place/source/ci-templates"
export HOME="$place/home" XDG_CACHE_HOME="$place/cache" GIT_CONFIG_NOSYSTEM=1
unset GIT_CONFIG_GLOBAL || true
failed=

check() { # name, then a command
    name=$1
    shift
    if "$@"; then echo "ok   act: $name"; else failed=yes && echo "FAIL act: $name"; fi
}
has() { grep -qF -- "$1" "$place/$run.log"; }
has_not() { ! grep -qF -- "$1" "$place/$run.log"; }

# As GitHub has it: the merge of both is checked out, and the event says which commits it is of.
checkout() { # number
    git clone -q "$scene/payments.git" "$place/$run"
    cd "$place/$run"
    git fetch -q origin "+refs/pull/$1/*:refs/remotes/pull/$1/*"
    git checkout -q --detach "refs/remotes/pull/$1/merge"
    mkdir -p .github/workflows
    cp "$templates/github/examples/merge-gate.yml" .github/workflows/remit.yml
    git remote set-url origin https://github.com/example/payments
    cat >"$place/$run.json" <<END
{"number": $1, "pull_request": {"number": $1,
  "base": {"ref": "main", "sha": "$(git rev-parse refs/remotes/origin/main)"},
  "head": {"ref": "agent", "sha": "$(git rev-parse "refs/remotes/pull/$1/head")"}}}
END
}

# shellcheck disable=SC2046 # settings hold no blanks
act() { # event workflow arguments
    event=$1 workflow=$2
    shift 2
    status=0
    timeout 60 "$tools/act" "$event" -W ".github/workflows/$workflow" -P ubuntu-latest=-self-hosted --no-cache-server \
        --pull=false --eventpath "$place/$run.json" --actor dana \
        --local-repository "example-org/remit@0000000000000000000000000000000000000000=$place/source" \
        --env "TMPDIR=$place/tmp" $(sed 's/^/--var /' "$scene/settings") "$@" >"$place/$run.log" 2>&1 </dev/null || status=$?
}

run=allowed
checkout 1
act pull_request remit.yml
check 'an allowed pull request passes' [ "$status" -eq 0 ]
check 'and is annotated' has '::notice title=remit::allowed to land 1 commit of claude-code under delegation '

run=refused
checkout 2
act pull_request remit.yml
check 'a refused pull request fails' [ "$status" -ne 0 ]
check 'and is annotated at its file' has "::error file=Deploy/prod.yml,title=remit%3A scope.path::commit "
check 'with how it ended' has '::error title=remit::refused: this merge must not happen'
check 'and no word of the commit is a command' has_not '::error::nobody'

run=other-program
checkout 1
act pull_request remit.yml --var REMIT_SHA256=0000000000000000000000000000000000000000000000000000000000000000
check 'a program that is not the pinned one is not run' [ "$status" -ne 0 ]
check 'and the job says why' has 'remit: FAILED'
check 'and nothing was judged' has_not 'title=remit'

# The deployment's workflow as it stands: the gate, the deployment that needs it, and what is remembered after it.
git clone -q --mirror "$scene/payments.git" "$place/payments.git"
cat >"$place/gitconfig" <<END
[url "file://$place/payments.git"]
	insteadOf = https://github.com/example/payments
END
deploy() { # the branch that main is
    git -C "$place/payments.git" update-ref refs/heads/main "refs/heads/$1"
    git clone -q "$place/payments.git" "$place/$run"
    cd "$place/$run"
    mkdir -p .github/workflows
    cp "$templates/github/examples/deploy.yml" .github/workflows/deploy.yml
    git remote set-url origin https://github.com/example/payments
    printf '{"ref": "refs/heads/main", "after": "%s"}\n' "$(git rev-parse HEAD)" >"$place/$run.json"
    REMIT_SIGN_KEY=$(cat "$scene/sign-key")
    export REMIT_SIGN_KEY
    act push deploy.yml --env "GIT_CONFIG_GLOBAL=$place/gitconfig" --secret REMIT_SIGN_KEY \
        --secret GITHUB_TOKEN=none
}
remembered() { git -C "$place/payments.git" rev-parse -q --verify 'refs/remit/deployed/production^{commit}' || true; }

run=deployed
deploy landed
check 'an allowed deployment happens' has '| deployed to production'
check 'and the workflow passes' [ "$status" -eq 0 ]
check 'and it is remembered' [ "$(remembered)" = "$(git -C "$place/payments.git" rev-parse landed)" ]

run=not-deployed
deploy overreached
check 'a refused deployment fails' [ "$status" -ne 0 ]
check 'and says why' has "changes 'Deploy/prod.yml' outside its grant"
check 'and does not happen' has_not 'deployed to production'
check 'and what is remembered stays' [ "$(remembered)" = "$(git -C "$place/payments.git" rev-parse landed)" ]

check 'no copy of the gate is left behind' [ -z "$(ls -A "$place/tmp")" ]

if [ -n "$failed" ]; then tail -n 25 "$place"/*.log; fi
[ -z "$failed" ]
