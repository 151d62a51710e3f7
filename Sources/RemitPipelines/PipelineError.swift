package import RemitModel

/// Why a pipeline's definition cannot be read, so that nobody knows what it does.
package struct PipelineError: Error, Hashable, Sendable {
    /// The definition's file, in the tree.
    package let file: ByteString
    /// From 1; `nil` where the fault is the whole file's.
    package let line: Int?
    /// May quote the file, so whoever shows it escapes it.
    package let reason: String

    package init(file: ByteString, line: Int?, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }
}
