import RemitModel

extension DeploymentStatement {
    package var levels: [SourceLevel] {
        SourceLevel.levels(of: decision, provesJob: grounds.environment.identity == .proved)
    }

    var summary: JSONText {
        SourceStatement.summary(
            of: revision, by: StatementURI.verifier, version: grounds.version, at: decision.decidedAt,
            resource: resource, under: .init(organisation: grounds.organisation, digest: grounds.policy),
            levels: levels)
    }
}
