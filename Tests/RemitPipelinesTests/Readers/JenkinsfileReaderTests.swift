import RemitModel
import RemitPipelines
import Testing

@Suite struct JenkinsfileReaderTests {
    /// A declared pipeline with these stages.
    private static func stages(_ text: String) -> String {
        "@Library('common') _\npipeline {\n    agent any\n    stages {\n\(text)\n    }\n}\n"
    }

    private static let gate = "stage('Gate') { steps { sh 'remit gate deploy --environment production' } }\n"
    private static let deploy = "stage('Deploy') { steps { sh './gradlew build'; sh 'kubectl apply -f k8s' } }\n"

    private static let rows = [
        ReaderRow("in order", stages(gate + deploy), "Deploy: behind Gate"),
        ReaderRow(
            "the other way round", stages(deploy + gate),
            "Deploy: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "side by side", stages("stage('All') { parallel { \(gate) \(deploy) } }"),
            "All / Deploy: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "a stage in between that may be left out",
            stages(gate + "stage('Docs') { when { branch 'main' } steps { echo 'docs' } }\n" + deploy),
            "Deploy: behind Gate"),
        ReaderRow(
            "a gate that may be left out",
            stages(
                "stage('Gate') { when { branch 'main' } steps { sh 'remit gate deploy --environment production' } }\n"
                    + deploy),
            "Deploy: open, the gate can be skipped, and a skipped job counts as success: when { … }"),
        ReaderRow(
            "a stage around the gate that may be left out",
            stages("stage('Checks') { when { changeRequest() } stages { \(gate) } }\n" + deploy),
            "Deploy: open, the gate can be skipped, and a skipped job counts as success: when { … }"),
        ReaderRow(
            "a failure that is caught",
            stages(
                "stage('Gate') { steps { catchError(buildResult: 'SUCCESS') { sh 'remit gate deploy' } } }\n" + deploy),
            "Deploy: open, the gate may fail: it stands within 'catchError'"),
        ReaderRow(
            "a failure that a script may catch",
            stages("stage('Gate') { steps { script { try { sh 'remit gate deploy' } catch (e) { } } } }\n" + deploy),
            "Deploy: open, the gate may fail: it stands within 'script'"),
        ReaderRow(
            "a failure that is a value",
            stages("stage('Gate') { steps { sh(script: 'remit gate deploy', returnStatus: true) } }\n" + deploy),
            "Deploy: open, the gate may fail: returnStatus: true"),
        ReaderRow(
            "a failure that the shell ignores",
            stages("stage('Gate') { steps { sh 'remit gate deploy || true' } }\n" + deploy),
            "Deploy: open, the gate may fail: it stands before '||'"),
        ReaderRow(
            "wrapped in what lets failures through",
            stages(
                """
                stage('Gate') {
                    steps {
                        timeout(time: 5, unit: 'MINUTES') {
                            withCredentials([string(credentialsId: 'remit-key', variable: 'KEY')]) {
                                sh '''
                                    # the gate
                                    remit gate deploy --environment production
                                '''
                            }
                        }
                    }
                }

                """ + deploy),
            "Deploy: behind Gate"),
        ReaderRow(
            "its own gate first",
            stages("stage('Ship') { steps { checkout scm; sh 'remit gate deploy'; sh 'helm upgrade app chart' } }"),
            "Ship: behind Ship"),
        ReaderRow(
            "its own gate last",
            stages("stage('Ship') { steps { sh 'helm upgrade app chart'; sh 'remit gate deploy' } }"),
            "Ship: open, the gate runs after other steps of the same job"),
        ReaderRow(
            "after everything, however it ended",
            stages(gate).replacing("    }\n}\n", with: "    }\n    post { always { sh 'kubectl apply -f k8s' } }\n}\n"),
            "post always: open, it starts whether or not the gate succeeded: post { always }"),
        ReaderRow(
            "after everything, where it went well",
            stages(gate).replacing(
                "    }\n}\n", with: "    }\n    post { success { sh 'kubectl apply -f k8s' } }\n}\n"),
            "post success: behind Gate"),
        ReaderRow(
            "by what a value is made from",
            stages(
                "stage('Run') { steps { script { def code = sh(script: 'terraform apply', returnStatus: true) } } }"),
            "Run: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "by another definition", stages("stage('Run') { steps { build job: 'deploy-production' } }"),
            "Run: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "by a name", stages("stage('Release') { steps { runIt() } }"),
            "Release: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "a gate in a comment", stages("/* \(gate) */ // \(gate)" + deploy),
            "Deploy: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow(
            "a gate that is only said", stages("stage('Gate') { steps { echo 'remit gate deploy' } }\n" + deploy),
            "Deploy: open, no job that it needs runs 'remit gate deploy'"),
        ReaderRow("nothing that deploys", stages(gate)),
        ReaderRow(
            "every stage of a matrix",
            stages(
                "stage('All') { matrix { axes { axis { name 'P' values 'a', 'b' } } stages { \(gate) \(deploy) } } }"),
            "All / Deploy: behind All / Gate"),
    ]

    @Test(arguments: rows)
    func `stages run in their order`(row: ReaderRow) { row.check("Jenkinsfile", .jenkins) }

    private static let refused = [
        ReaderRow(
            "scripted", "node {\n  stage('Deploy') { sh 'kubectl apply' }\n}\n",
            "line 1: it holds Groovy outside of one declared pipeline, which can do anything"),
        ReaderRow(
            "Groovy beside it", stages(gate) + "def deploy() { sh 'kubectl apply' }\n",
            "line 9: it holds Groovy outside of one declared pipeline, which can do anything"),
        ReaderRow("nothing", "// nothing\n", "line -: it declares no pipeline"),
        ReaderRow("twice the same stage", stages(gate + gate), "line 6: two stages are called 'Gate'"),
        ReaderRow("no plain name", stages("stage(name) { steps { echo 'a' } }"), "line 5: a stage has no plain name"),
        ReaderRow(
            "an unknown section", stages("stage('a') { script { echo 'a' } }"),
            "line 5: a stage holds something other than its sections"),
        ReaderRow(
            "an unknown part", "pipeline { agent any; node { } }",
            "line 1: 'pipeline' holds something other than its sections"),
        ReaderRow("a string without end", "pipeline { agent 'a\n }", "line 1: a string does not end"),
        ReaderRow("a comment without end", "pipeline {\n/* agent any }", "line 2: a comment does not end"),
        ReaderRow("a block without end", "pipeline {\n agent any", "line 1: a '{' has no '}'"),
        ReaderRow(
            "an escape that hides", "pipeline { agent '\\u0072emit' }", "line 1: the escape '\\u' is not understood"),
        ReaderRow(
            "too deep", "pipeline " + String(repeating: "a {", count: 100),
            "line 1: its blocks stand more than 64 deep within each other"),
        ReaderRow(
            "too long", String(repeating: " ", count: 1 << 20 | 1),
            "line -: it is 1048577 bytes long, and a definition may have 1048576"),
    ]

    @Test(arguments: refused)
    func `what could do anything cannot be read`(row: ReaderRow) { row.check("Jenkinsfile", .jenkins) }

    @Test func `a stage takes the credentials that it and the pipeline name`() throws {
        let text = """
            pipeline {
                agent any
                environment { TOKEN = credentials('deploy-token') }
                stages {
                    stage('Build') { steps { sh "echo ${env.X ?: 'none'}" } }
                    stage('Ship') {
                        environment { OTHER = credentials('other') }
                        steps {
                            withCredentials([usernamePassword(credentialsId: 'registry', usernameVariable: 'U')]) {
                                sh 'docker push image'
                            }
                            sshagent(['host-key']) { sh 'true' }
                        }
                    }
                }
            }
            """
        let jobs = try #require(try readPipeline(text, at: "Jenkinsfile", .jenkins)).jobs
        #expect(jobs.map(\.name) == ["Build", "Ship"])
        #expect(jobs.map(\.line) == [5, 6])
        #expect(
            jobs.map { $0.secrets.sorted() } == [["deploy-token"], ["deploy-token", "host-key", "other", "registry"]])
    }
}
