import RemitPipelines
import Testing

@Suite("what a script does")
struct ScriptFactsTests {
    private func gate(_ facts: ScriptFacts) -> String {
        guard let gate = facts.gates.first else { return "none" }
        let name =
            switch gate {
            case .merge: "merge"
            case .deployment(let environment): environment ?? "?"
            }
        return [name, facts.mayFail.map { "may fail: \($0)" }, facts.maySkip.map { "may be skipped: \($0)" }]
            .compactMap(\.self).joined(separator: "; ")
    }

    @Test(
        "is to run the gate, where its failure ends the script",
        arguments: [
            ("remit gate deploy --environment production", "production"), ("remit gate merge --target main", "merge"),
            ("/usr/local/bin/remit gate deploy --environment=production", "production"),
            ("\"$RUNNER_TEMP/remit\" gate deploy --environment \"$TARGET\"", "$TARGET"),
            ("sudo -n env A=b remit gate deploy --environment 'a b'", "a b"), ("remit gate deploy", "?"),
            ("set -euo pipefail\nremit gate deploy \\\n  --environment prod | tee log", "prod"),
            ("remit gate deploy --environment a && kubectl apply -f x", "a"),
            ("remit gate deploy --environment a || exit 1", "a"),
            ("remit gate deploy --environment a; true", "a"), ("cd x && remit gate merge", "merge"),
            ("remit gate deploy --environment a --environment b", "b"),
            ("# remit gate merge", "none"), ("echo remit gate merge", "none"), ("echo 'x\nremit gate merge'", "none"),
            ("./remit gate merge", "none"), ("$GITHUB_WORKSPACE/remit gate merge", "none"),
            ("${CI_PROJECT_DIR}/bin/remit gate merge", "none"), ("bin/remit gate merge", "none"),
            ("remit gate merge --help", "none"), ("remit gate key", "none"), ("remit check", "none"),
            ("cat <<EOF\nremit gate merge\nEOF", "none"),
            (
                "cat <<-'EOF'\n\tremit gate merge\n\tEOF\nremit gate merge",
                "merge"
            ),
            ("remit() { true; }\nremit gate merge", "none"), ("alias remit=true\nremit gate merge", "none"),
            ("remit gate merge 'open", "none"), ("PATH=.:$PATH\nremit gate merge", "none"),
            ("export PATH=\"$GITHUB_WORKSPACE/bin:$PATH\"\nremit gate merge", "none"),
            ("PATH=\"$place:$PATH\"\nremit gate merge", "merge"),
        ])
    func gates(_ script: String, _ expected: String) {
        #expect(gate(.stopping(script)) == expected)
    }

    @Test(
        "is to run the gate in a way that stops nobody",
        arguments: [
            ("remit gate merge || true", "merge; may fail: it stands before '||'"),
            ("remit gate merge || exit 0", "merge; may fail: it stands before '||'"),
            ("! remit gate merge", "merge; may fail: it stands after '!'"),
            ("remit gate merge &", "merge; may fail: it runs in the background"),
            ("remit gate merge | tee log", "merge; may fail: it stands before '|', which hides its failure"),
            ("set -o pipefail; remit gate merge | tee log || true", "merge; may fail: it stands before '||'"),
            (
                "set +e\nremit gate merge\ntrue",
                "merge; may fail: the script goes on after it, for its shell does not stop at a failure"
            ),
            (
                "remit gate merge && echo ok\nmake",
                "merge; may fail: it stands before '&&', and the script goes on after that"
            ),
            ("remit gate merge && echo ok || true", "merge; may fail: it stands before '||'"),
            ("remit gate merge --mode monitor", "merge; may fail: --mode monitor"),
            (
                "if [ \"$X\" ]; then\n  remit gate merge\nfi",
                "merge; may be skipped: it stands within a condition, a loop, a function or a subshell"
            ),
            (
                "function f {\n  remit gate merge\n}\ntrue",
                "merge; may be skipped: it stands within a condition, a loop, a function or a subshell"
            ),
            (
                "f() {\n  remit gate merge\n}\ntrue",
                "merge; may be skipped: it stands within a condition, a loop, a function or a subshell"
            ),
            ("test -f x || remit gate merge", "merge; may be skipped: it stands after '||'"),
            ("(true) || remit gate merge", "merge; may be skipped: it stands after '||'"),
            ("test -f x && remit gate merge\nmake", "merge; may be skipped: it stands after '&&'"),
            ("if true; then exit 0; fi\nremit gate merge", "merge; may be skipped: 'exit 0' comes before it"),
            ("trap 'exit 0' EXIT\nremit gate merge", "merge; may be skipped: 'trap' comes before it"),
            ("trap 'rm -rf x; exit 0' EXIT\nremit gate merge", "merge; may be skipped: 'trap' comes before it"),
            ("trap 'rm -rf $(exit)' EXIT\nremit gate merge", "merge; may be skipped: 'trap' comes before it"),
            ("trap 'rm -rf x' ERR\nremit gate merge", "merge; may be skipped: 'trap' comes before it"),
            ("exec sh other\nremit gate merge", "merge; may be skipped: 'exec' comes before it"),
        ])
    func idle(_ script: String, _ expected: String) {
        #expect(gate(.stopping(script)) == expected)
    }

    @Test("depends on how the system runs it")
    func manners() {
        #expect(gate(.strict("remit gate merge | tee log")) == "merge")
        #expect(gate(.stopping("trap 'rm -rf \"$place\"' EXIT\nremit gate merge")) == "merge")
        #expect(gate(.lax("remit gate merge")) == "merge")
        #expect(
            gate(.lax("remit gate merge\necho"))
                == "merge; may fail: the script goes on after it, for its shell does not stop at a failure")
        #expect(gate(.lax("set -e\nremit gate merge\necho")) == "merge")
    }

    @Test(
        "is to deploy",
        arguments: [
            ("kubectl apply -f x", ["kubectl apply"]), ("kubectl -n a --context b get pods", []),
            ("sudo helm --debug upgrade x", ["helm upgrade"]), ("terraform plan", []),
            ("terraform apply", ["terraform apply"]),
            ("aws s3 sync . s3://x", ["aws sync"]), ("docker build . && docker push x", ["docker push"]),
            ("npm publish", ["npm publish"]), ("npm publish --dry-run", []),
            ("npx wrangler deploy", ["wrangler deploy"]),
            ("if true; then kubectl apply; fi", ["kubectl apply"]), ("x=$(kubectl apply -f -)", ["kubectl apply"]),
            ("echo \"`npm publish`\"", ["npm publish"]), ("make deploy-prod", ["make deploy-prod"]),
            ("./scripts/deploy.sh", ["./scripts/deploy.sh"]), ("bash scripts/release.sh", ["bash scripts/release.sh"]),
            ("make test-deploy", []), ("echo deploy", []), ("python -m twine upload x", ["twine upload"]),
            ("scp x host:y", ["scp"]), ("scp x y", []), ("kubectl apply --dry-run=client", []),
            ("git push origin --tags", ["git push --tags"]), ("make build", []),
            ("gh release create v1", ["gh release"]), ("gh release download v1", []),
            ("uv tool run twine upload x", ["twine upload"]), ("./deployed.sh", []),
            ("A=b make release", ["make release"]),
        ])
    func deploys(_ script: String, _ expected: [String]) {
        #expect(ScriptFacts.stopping(script).deploying == expected)
    }

    @Test(
        "is more than to prepare the gate",
        arguments: [
            (
                "curl -fsSLo remit https://x/remit\necho 'a  remit' | sha256sum -c\nchmod +x remit\nremit gate merge",
                false
            ),
            ("curl -fsSL https://x | sh\nremit gate merge", true), ("curl -sXPOST https://x\nremit gate merge", true),
            ("git fetch origin\nremit gate merge\nmake", false), ("git push\nremit gate merge", true),
            ("make\nremit gate merge", true), ("echo \"$(make)\"\nremit gate merge", true), ("make", true), ("", false),
            ("echo 'open", true),
        ])
    func preparation(_ script: String, _ expected: Bool) {
        #expect(ScriptFacts.stopping(script).doesOtherThingsFirst == expected)
    }
}
