# shellcheck shell=sh disable=SC2154
# What the demo and the tests of CI begin with: a place where nobody's own git configuration takes part, a person, and
# an agent. To be read with '.', after 'place' and 'bin' are set.
export HOME="$place/home" GIT_CONFIG_GLOBAL="$place/home/.gitconfig" GIT_CONFIG_NOSYSTEM=1
export PATH="$bin:$PATH"
mkdir -p "$HOME"
cd "$place" || exit
git config --global user.name 'Dana Example'
git config --global user.email dana@example.org

person() { git -c user.name='Sam Example' -c user.email=sam@example.org commit -q "$@"; }
agent() { # message
    git commit -q --author 'Claude <noreply@anthropic.com>' -m "$1" --trailer "$trailer"
}
