/// What a change does to the definition of a pipeline, as far as it opens a way round the gate.
package struct PipelineChange: Hashable, Sendable {
    /// The definition's file.
    package let path: ByteString
    package let kind: Kind
    /// The job or step, as the definition names it; `nil` for the file as a whole.
    package let job: String?
    /// Where the job stands in the file after the change, or where it stood before; from 1.
    package let line: Int?
    /// What is wrong with it, in a few words.
    package let reason: String

    package enum Kind: Hashable, Sendable {
        /// A job deploys without standing behind the gate.
        case unguarded
        /// A gate was taken out, or no longer stops what comes after it.
        case gateLost
        /// A job takes permissions or secrets that it did not have, or runs for others than it did.
        case raised
        /// The definition cannot be read, so nobody knows what it does.
        case unreadable
    }

    package init(path: ByteString, kind: Kind, job: String?, line: Int? = nil, reason: String) {
        self.path = path
        self.kind = kind
        self.job = job
        self.line = line
        self.reason = reason
    }
}
