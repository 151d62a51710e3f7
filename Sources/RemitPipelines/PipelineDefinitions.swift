package import RemitModel

/// Reads a definition as its system does.
package enum PipelineDefinitions {
    /// What a definition says, with the files of the same tree that it includes.
    ///
    /// - Parameter lookup: gives such a file; what it throws is passed on.
    /// - Returns: `nil` for a system whose definitions are not read here.
    package static func pipeline(
        _ bytes: [UInt8], file: ByteString, system: CISystem, lookup: @escaping DefinitionLookup
    ) throws(PipelineError) -> Pipeline? {
        let files = DefinitionFiles(file: file, lookup: lookup)
        switch system {
        case .github, .gitea, .forgejo: return try GitHubReader(files, system).pipeline(bytes)
        case .gitlab: return try GitLabReader(files).pipeline(bytes)
        case .azure: return try AzureReader(files).pipeline(bytes)
        case .circleci: return try CircleCIReader(files).pipeline(bytes)
        case .buildkite: return try BuildkiteReader(files).pipeline(bytes)
        case .bitbucket: return try BitbucketReader(files).pipeline(bytes)
        case .woodpecker: return try WoodpeckerReader(files).pipeline(bytes)
        case .tekton: return try TektonReader(files).pipeline(bytes)
        case .jenkins: return try JenkinsfileReader.read(bytes, file: file)
        case .generic: return nil
        }
    }
}
