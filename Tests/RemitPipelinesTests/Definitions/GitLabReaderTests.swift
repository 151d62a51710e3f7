import RemitModel
import RemitPipelines
import Testing

@Suite("a pipeline of GitLab's")
struct GitLabReaderTests {
    private func pipeline(
        gate: String = "", deploy: String = "", script: String = "remit gate deploy --environment production"
    ) -> String {
        """
        stages: [check, deploy]
        gate:
          stage: check
          script:
            - \(script)
          \(gate)
        deploy:
          stage: deploy
          environment: production
          script: [./go]
          \(deploy)
        """
    }

    private func verdict(_ text: String, _ files: [ByteString: String] = [:]) -> String {
        Reading.verdict(.gitlab, text, files).joined(separator: "\n")
    }

    @Test(
        "lets a job deploy behind the gate",
        arguments: [
            ("", ""), ("", "needs: [gate]"), ("", "needs: [{job: gate, artifacts: false}]"), ("", "when: manual"),
            ("allow_failure: false", ""), ("when: manual\n  allow_failure: false", ""),
            ("rules: [{if: $A}]", "needs: [gate]"), ("rules: [{if: $A}]", "rules: [{if: $A}]"),
            ("rules: [{if: $A, when: manual}]", "needs: [gate]"), ("rules: [{if: $A}, {when: on_success}]", ""),
        ])
    func guarded(_ gate: String, _ deploy: String) {
        #expect(verdict(pipeline(gate: gate, deploy: deploy)) == "deploy -> production: behind gate")
    }

    @Test(
        "that lets it start all the same says so",
        arguments: [
            ("", "needs: []", "no job that it needs runs 'remit gate deploy'"),
            ("", "stage: check", "no job that it needs runs 'remit gate deploy'"),
            ("", "when: always", "it starts whether or not the gate succeeded: when: always"),
            ("", "when: on_failure", "it starts whether or not the gate succeeded: when: on_failure"),
            ("", "rules: [{if: $A, when: always}]", "it starts whether or not the gate succeeded: when: always"),
            ("allow_failure: true", "", "the gate may fail: allow_failure: true"),
            ("allow_failure: {exit_codes: 1}", "needs: [gate]", "the gate may fail: allow_failure: exit_codes"),
            (
                "rules: [{if: $A, allow_failure: true}]", "needs: [gate]",
                "the gate may fail: rules: allow_failure: true"
            ),
            ("when: manual", "", "the gate may fail: when: manual, which allows failure where nothing else is said"),
            (
                "rules: [{if: $A}]", "",
                "the gate can be left out of a run, which does not hold back what comes after it: rules: if: $A"
            ),
            (
                "only: [main]", "",
                "the gate can be left out of a run, which does not hold back what comes after it: only: main"
            ),
            (
                "rules: [{if: $A}]", "needs: [{job: gate, optional: true}]",
                "the gate can be left out of a run, which does not hold back what comes after it: rules: if: $A"
            ),
            (
                "rules: [{if: $A}]", "rules: [{if: $B}]",
                "the gate can be left out of a run, which does not hold back what comes after it: rules: if: $A"
            ),
        ])
    func regardless(_ gate: String, _ deploy: String, _ reason: String) {
        let text = pipeline(gate: gate, deploy: deploy)
            .replacing(deploy.hasPrefix("stage") ? "  stage: deploy\n" : "\0", with: "")
        #expect(verdict(text) == "deploy -> production: \(reason)")
    }

    @Test(
        "whose gate stops nobody, or guards another environment, says so",
        arguments: [
            ("remit gate deploy --environment production || true", "the gate may fail: it stands before '||'"),
            ("'remit gate deploy --environment production; true'", "behind gate"),
            ("remit gate deploy --environment staging", "the gate is for environment 'staging'"),
            ("remit gate merge", "no job that it needs runs 'remit gate deploy'"),
            (
                "remit gate deploy --environment $CI_ENVIRONMENT_NAME",
                "the gate is for environment '$CI_ENVIRONMENT_NAME', which need not be the same in another job"
            ),
        ])
    func gates(_ script: String, _ expected: String) {
        let environment = script.contains("CI_ENV") ? "environment: $CI_ENVIRONMENT_NAME" : ""
        let text = pipeline(deploy: "", script: script)
            .replacing("environment: production", with: environment.isEmpty ? "environment: production" : environment)
        #expect(verdict(text).hasSuffix(": " + expected), "\(verdict(text))")
    }

    @Test("guards a job by a gate before its own commands")
    func itself() {
        let text = { (script: String) in
            """
            variables: {TARGET: production}
            deploy:
              environment: {name: $TARGET}
              before_script: [mkdir -p x]
              script: [\(script)]
            """
        }
        #expect(
            verdict(text("remit gate deploy --environment \"$CI_ENVIRONMENT_NAME\", ./go"))
                == "deploy -> production: behind deploy")
        #expect(verdict(text("remit gate deploy --environment $TARGET, ./go")) == "deploy -> production: behind deploy")
        #expect(
            verdict(text("./go, remit gate deploy --environment production"))
                == "deploy -> production: the gate runs after other steps of the same job")
        #expect(
            verdict(text("remit gate deploy --environment production]\n  after_script: [kubectl apply -f x"))
                == "deploy -> production: a step after the gate runs whether or not it succeeded: after_script")
    }

    @Test("puts together what extends, references and defaults say")
    func together() {
        let text = """
            default: {before_script: [echo]}
            .gate:
              script: [remit gate deploy --environment production]
              allow_failure: true
            .strict: {allow_failure: false}
            .commands: &commands [!reference [.gate, script]]
            gate: {stage: build, extends: [.gate, .strict]}
            again: {stage: build, script: [*commands]}
            deploy: {stage: deploy, environment: production, script: [./go], needs: [gate]}
            other: {stage: deploy, environment: production, script: [./go], needs: [again]}
            """
        #expect(verdict(text) == "deploy -> production: behind gate\nother -> production: behind again")
        #expect(
            verdict(text.replacing("[.gate, .strict]", with: "[.strict, .gate]")).hasPrefix(
                "deploy -> production: the gate may fail: allow_failure: true"))
        #expect(
            verdict(".a: {extends: .b}\n.b: {extends: .a}\nc: {extends: .a}\n")
                == "line 2: jobs extend each other more than 11 deep")
        #expect(
            verdict("a: {script: [!reference [a, script]]}\n") == "line 1: references stand more than 10 deep")
    }

    @Test("reads local includes, and says when one is not there")
    func includes() {
        let text = "include:\n  - local: /ci/gate.yml\n" + pipeline(script: "./other")
        let gate = "gate: {script: [remit gate deploy --environment production], allow_failure: true}\n"
        // What the file says itself goes over what it includes.
        #expect(
            verdict(text, ["ci/gate.yml": gate])
                == "deploy -> production: no job that it needs runs 'remit gate deploy'")
        #expect(
            verdict(
                "include: ci/gate.yml\ndeploy: {stage: deploy, needs: [gate], environment: production, script: [./go]}\n",
                ["ci/gate.yml": gate]) == "deploy -> production: the gate may fail: allow_failure: true")
        #expect(verdict(text) == "line 2: the include '/ci/gate.yml' is not in the tree")
        #expect(verdict("include: 'ci/*.yml'\n") == "line 1: the include 'ci/*.yml' can be more than one file")
        #expect(verdict("include: ../x.yml\n") == "line 1: the include '../x.yml' is not in the tree")
        #expect(
            verdict("include: a.yml\n", ["a.yml": "include: a.yml\n"])
                == "line 1: files include each other more than 8 deep")
        #expect(
            verdict("include: [{component: $CI_SERVER_FQDN/x/deploy-aws@1}, {template: Security/SAST.gitlab-ci.yml}]\n")
                == "include $CI_SERVER_FQDN/x/deploy-aws@1 -> ?: no job that it needs runs 'remit gate deploy'")
    }

    @Test("reads the child pipelines that it starts")
    func children() {
        let text = """
            gate: {stage: build, script: [remit gate deploy --environment production]}
            child: {stage: deploy, trigger: {include: child.yml}\(", needs: [gate]")}
            """
        let child = "deploy: {environment: production, script: [./go], needs: []}\n"
        #expect(verdict(text, ["child.yml": child]) == "child / deploy -> production: behind gate")
        #expect(
            verdict(text.replacing(", needs: [gate]", with: ", needs: []"), ["child.yml": child])
                == "child / deploy -> production: no job that it needs runs 'remit gate deploy'")
        #expect(verdict(text) == "line 2: the child pipeline 'child.yml' is not in the tree")
    }

    @Test(
        "deploys by its environment, its name, a command or a word",
        arguments: [
            ("a: {environment: {name: p, action: stop}, script: [./go]}", ""),
            ("a: {environment: p, script: [./go]}", "environment: p"),
            ("deploy-x: {script: [./go]}", "its name"), ("a: {script: [helm upgrade x]}", "the command 'helm upgrade'"),
            ("pages: {script: [./go]}", "the word 'pages'"),
            ("a: {script: [./go], release: {tag_name: x}}", "the word 'release'"),
            (".deploy: {script: [./go]}", ""), ("test: {script: [make]}", ""),
        ])
    func deployments(_ text: String, _ evidence: String) throws {
        let jobs = try #require(try Reading.pipeline(.gitlab, text)).jobs
        #expect(jobs.first?.deployments.first?.evidence ?? "" == evidence)
    }

    @Test("takes secrets and tokens, and may have a header of inputs")
    func secrets() throws {
        let text = """
            spec: {inputs: {a: {default: b}}}
            ---
            a:
              secrets: {PASSWORD: {vault: x}}
              id_tokens: {TOKEN: {aud: x}}
              script: [./go]
            """
        #expect(try Reading.job("a", .gitlab, text)?.secrets == ["PASSWORD", "the ID token TOKEN"])
    }

    @Test("that merges more than a machine should is refused")
    func merges() {
        var text = ".a:\n  variables: {\((0..<4000).map { "v\($0): 1" }.joined(separator: ", "))}\n"
        for number in 0..<400 { text += "j\(number): {extends: [.a, .a], variables: {x: 1}}\n" }
        #expect(verdict(text).hasSuffix("more than 2000000 entries are merged for it"))
    }

    @Test("knows this project's components, and what the definition changes in them")
    func components() {
        let text = { (needs: String, own: String) in
            """
            stages: [deploy]
            include:
              - component: $CI_SERVER_FQDN/security/remit/remit-deploy@0123
                inputs: {environment: production}
            deploy: {stage: deploy, environment: production, script: [./go], \(needs)}
            \(own)
            """
        }
        #expect(verdict(text("needs: [remit-deploy]", "")) == "deploy -> production: behind remit-deploy")
        #expect(
            verdict(text("", ""))
                == "deploy -> production: the gate can be left out of a run, which does not hold back what comes after "
                + "it: rules: if: the component's own")
        #expect(
            verdict(text("needs: [remit-deploy]", "remit-deploy: {allow_failure: true}"))
                == "deploy -> production: the gate may fail: allow_failure: true")
        #expect(
            verdict(text("needs: [remit-deploy]", "remit-deploy: {script: [echo]}"))
                == "remit-deploy -> ?: no job that it needs runs 'remit gate deploy'\ndeploy -> production: no job that it needs runs 'remit gate deploy'"
        )
        #expect(
            verdict(text("needs: [remit-deploy]", "").replacing("security/remit/", with: "security/other/")).hasSuffix(
                "deploy -> production: no job that it needs runs 'remit gate deploy'"))
    }
}
