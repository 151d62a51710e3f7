import RemitModel
import RemitPipelines
import Testing

@Suite struct DefinitionPlacesTests {
    @Test(arguments: [
        (".github/workflows/ci.yml", CISystem.github), (".github/workflows/ci.yaml", .github),
        (".gitea/workflows/a.yml", .gitea), (".forgejo/workflows/a.yml", .forgejo), (".gitlab-ci.yml", .gitlab),
        ("azure-pipelines.yml", .azure), (".azure-pipelines/templates/a.yml", .azure),
        (".circleci/config.yml", .circleci),
        (".buildkite/pipeline.yml", .buildkite), ("buildkite.yaml", .buildkite),
        ("buildkite/pipeline.json", .buildkite), ("azure-pipelines.yaml", .azure),
        ("bitbucket-pipelines.yml", .bitbucket),
        (".woodpecker.yml", .woodpecker), (".woodpecker/a/b.yaml", .woodpecker), (".tekton/push.yaml", .tekton),
        ("Jenkinsfile", .jenkins), ("Jenkinsfile.release", .jenkins),
    ])
    func `a definition lies where its system looks`(path: String, system: CISystem) {
        #expect(DefinitionPlaces.system(of: ByteString(path)) == system)
        #expect(DefinitionPlaces.mayConcern(ByteString(path)))
        // A name with any ending is more than a protected path can say.
        #expect(ProtectedPaths().covers(ByteString(path)) != path.hasPrefix("Jenkinsfile."))
    }

    @Test(arguments: [
        ".github/workflows/a/ci.yml", ".github/ci.yml", "src/.github/workflows/ci.yml", ".github/workflows/README.md",
        "sub/Jenkinsfile", ".GitHub/workflows/ci.yml", "ci/deploy.yml", ".yml", "a",
        "buildkite/other.yml", "buildkite.toml",
    ])
    func `nothing else is one`(path: String) {
        #expect(DefinitionPlaces.system(of: ByteString(path)) == nil)
    }

    @Test(arguments: [
        ("ci/deploy.yml", true), (".github", true), (".github/workflows", true), (".tekton", true),
        ("Jenkinsfile", true),
        ("Sources/Pay.swift", false), (".github/CODEOWNERS", false), ("README.md", false), ("githu", false),
    ])
    func `most paths concern none`(path: String, may: Bool) {
        #expect(DefinitionPlaces.mayConcern(ByteString(path)) == may)
    }
}
