/**
 * The gate as a step of a trusted shared library: remitGate.merge(settings), remitGate.deploy(settings) and
 * remitGate.deployed(settings).
 *
 * Settings: url, sha256, authority, root, repository; maxAge (24h); for a deployment environment, signKey (the id of a
 * 'secret file' credential), and for what was deployed pushKey (the id of an SSH credential that may push
 * refs/remit/deployed/*). They reach the shell as variables: nothing is put together as text.
 */

def merge(Map settings) {
    inFullClone(settings) {
        sh label: 'remit gate merge', script: fetch() + '''
            remit gate merge --ci jenkins --authority "$place/authority.git" --root "$REMIT_ROOT" \\
                --repository "$REMIT_REPOSITORY" --max-age "$REMIT_MAX_AGE" --report junit=remit-junit.xml
        '''
    }
}

def deploy(Map settings) {
    inFullClone(settings) {
        withCredentials([file(credentialsId: settings.signKey, variable: 'REMIT_SIGN_KEY')]) {
            sh label: 'remit gate deploy', script: fetch() + '''
                (umask 077 && cat "$REMIT_SIGN_KEY" >"$place/key")
                remit gate deploy --environment "$REMIT_ENVIRONMENT" --ci jenkins \\
                    --authority "$place/authority.git" --root "$REMIT_ROOT" --repository "$REMIT_REPOSITORY" \\
                    --max-age "$REMIT_MAX_AGE" --statement remit-statement.json --sign-key "$place/key" \\
                    --report junit=remit-junit.xml
            '''
        }
        stash name: 'remit-statement', includes: 'remit-statement.json'
        archiveArtifacts artifacts: 'remit-statement.json'
    }
}

def deployed(Map settings) {
    inFullClone(settings) {
        unstash 'remit-statement'
        sshagent([settings.pushKey]) {
            sh label: 'remit gate deployed', script: fetch() + '''
                remit gate deployed --environment "$REMIT_ENVIRONMENT" --statement remit-statement.json
            '''
        }
    }
}

private void inFullClone(Map settings, Closure body) {
    deleteDir()
    checkout scmGit(
        branches: scm.branches,
        userRemoteConfigs: scm.userRemoteConfigs.collect { remote ->
            [url: remote.url, credentialsId: remote.credentialsId, name: 'origin',
             refspec: '+refs/heads/*:refs/remotes/origin/* +refs/remit/deployed/*:refs/remit/deployed/* '
                 + (remote.refspec ?: '')]
        },
        extensions: [cloneOption(shallow: false, noTags: false, honorRefspec: true, reference: '')])
    def variables = [
        REMIT_URL: settings.url, REMIT_SHA256: settings.sha256, REMIT_AUTHORITY: settings.authority,
        REMIT_ROOT: settings.root, REMIT_REPOSITORY: settings.repository,
        REMIT_MAX_AGE: settings.maxAge ?: '24h', REMIT_ENVIRONMENT: settings.environment ?: ''
    ]
    try {
        withEnv(variables.collect { name, value -> "${name}=${value}" }, body)
    } finally {
        junit testResults: 'remit-junit.xml', allowEmptyResults: true
    }
}

private String fetch() {
    return '''#!/bin/sh
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
curl -fsSL --proto '=https,file' --max-time 300 -o "$place/remit" "$REMIT_URL"
echo "$REMIT_SHA256  $place/remit" | sha256sum -c -
chmod 700 "$place/remit"
git clone -q --bare "$REMIT_AUTHORITY" "$place/authority.git"
PATH="$place:$PATH"
'''
}
