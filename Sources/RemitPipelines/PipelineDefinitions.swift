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
        case .buildkite, .bitbucket, .woodpecker, .tekton, .jenkins, .generic: return nil
        }
    }
}
