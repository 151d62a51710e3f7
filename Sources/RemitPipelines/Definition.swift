package import RemitModel

/// One definition of a tree, as far as it could be read.
package struct Definition: Hashable, Sendable {
    /// The definition's file, in the tree.
    package let file: ByteString
    package let content: Content
    /// The files that were read for it, itself among them, each with its object in the tree; `nil` for one that the
    /// tree does not have.
    package let sources: [ByteString: ObjectID?]

    package enum Content: Hashable, Sendable {
        case pipeline(Pipeline)
        case unreadable(PipelineError)
    }

    package init(file: ByteString, content: Content, sources: [ByteString: ObjectID?]) {
        self.file = file
        self.content = content
        self.sources = sources
    }

    package var pipeline: Pipeline? {
        if case .pipeline(let pipeline) = content { pipeline } else { nil }
    }

    /// Whether files that are not among its sources can belong to it: GitLab includes whatever a pattern matches.
    package var mayHaveUnseenParts: Bool { pipeline == nil && DefinitionPlaces.system(of: file) == .gitlab }
}
