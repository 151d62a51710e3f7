package import RemitModel

extension PipelineChange {
    /// What a change makes of all definitions of a tree, as far as it opens a way round a gate.
    ///
    /// Definitions are compared as wholes, with what they include: what a change does to a job need not stand in the
    /// file that it changes. A definition whose files are the same before and after is not looked at.
    ///
    /// - Parameter touched: the paths that the change itself changes, as far as definitions could be made of them.
    package static func changes(
        from before: [Definition], to after: [Definition], touching touched: Set<ByteString> = []
    ) -> [PipelineChange] {
        let old = Dictionary(before.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(after.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
        return Set(old.keys).union(new.keys).sorted().flatMap { file in
            changes(of: file, from: old[file], to: new[file], touched)
        }
    }

    private static func changes(
        of file: ByteString, from before: Definition?, to after: Definition?, _ touched: Set<ByteString>
    ) -> [PipelineChange] {
        if before?.sources == after?.sources {
            guard let after, case .unreadable(let error) = after.content, after.mayHaveUnseenParts,
                let part = touched.sorted().first(where: { DefinitionPlaces.system(of: $0) == nil })
            else { return [] }
            let name = String(decoding: part.bytes, as: UTF8.self)
            return [
                PipelineChange(
                    path: file, kind: .unreadable, job: nil, line: error.line,
                    reason: "'\(name)' may be a part of it, and it cannot be read: \(error.reason)")
            ]
        }
        if case .unreadable = before?.content, after?.pipeline != nil || after == nil {
            // Nobody knows which gates it held.
            return [
                PipelineChange(
                    path: file, kind: .unreadable, job: nil,
                    reason: "what was there before cannot be read, so nobody knows which gates go with it")
            ]
        }
        switch after?.content {
        case .unreadable(let error):
            // Also where it could not be read before: nobody knows what this change does.
            return [
                PipelineChange(
                    path: file, kind: .unreadable, job: nil, line: error.line,
                    reason: error.line.map { "line \($0): \(error.reason)" } ?? error.reason)
            ]
        case .pipeline, nil:
            return PipelineComparison(from: before?.pipeline, to: after?.pipeline, file: file).changes
        }
    }
}
