import RemitFormats
package import RemitGit
package import RemitModel
package import RemitPipelines
import RemitRules

/// Reads the definitions of pipelines that trees hold, and says what became of them.
package final class PipelineReading {
    private let reader: GitReader
    /// The trees read last: mostly a commit's and its parent's.
    private var trees: [(tree: ObjectID, definitions: [Definition])] = []

    package init(_ reader: GitReader) {
        self.reader = reader
    }

    /// What a commit does to definitions, as far as that opens a way round a gate.
    ///
    /// Nothing is read where no path that it changes could be of a definition.
    func changes(
        of commit: RawCommit, making changes: [Change], on update: UpdateCase
    ) throws(GateError) -> [PipelineChange] {
        let touched = Self.concerned(changes)
        guard !touched.isEmpty else { return [] }
        return try GateError.reading(update.update.ref) { () throws(GitError) in
            guard commit.parents.count > 1 else {
                // A tag is judged as a commit between two empty trees.
                let base = try commit.parents.first.map { parent throws(GitError) in
                    parent == Repository.emptyTree ? parent : try reader.repository.tree(of: parent)
                }
                return PipelineChange.changes(
                    from: try definitions(in: base ?? Repository.emptyTree), to: try definitions(in: commit.tree),
                    touching: touched)
            }
            var against: [[PipelineChange]] = []
            for parent in commit.parents {
                against.append(
                    try self.changes(from: reader.repository.tree(of: parent), to: commit.tree, touching: touched))
            }
            return Self.decided(against)
        }
    }

    /// The same of what an update leaves changed that none of its commits does.
    func changes(
        of reading: UpdateReading.Reading, leaving net: [Change]
    ) throws(GateError) -> [PipelineChange] {
        let touched = Self.concerned(net)
        guard !touched.isEmpty, let (old, new) = reading.net else { return [] }
        return try GateError.reading(reading.update.update.ref) { () throws(GitError) in
            try changes(
                from: reader.repository.tree(of: old), to: reader.repository.tree(of: new), touching: touched)
        }
    }

    private func changes(
        from old: ObjectID, to new: ObjectID, touching touched: Set<ByteString>
    ) throws(GitError) -> [PipelineChange] {
        let (before, after) = (try definitions(in: old), try definitions(in: new))
        // Only what has a part in these paths: the rest of the difference is somebody else's.
        let files = Set(
            (before + after).filter { $0.mayHaveUnseenParts || !touched.isDisjoint(with: $0.sources.keys) }.map(\.file))
        return PipelineChange.changes(
            from: before.filter { files.contains($0.file) }, to: after.filter { files.contains($0.file) },
            touching: touched)
    }

    /// What a merge has decided, of what it changed against each of its parents.
    ///
    /// What it lets in must be new to all of them; a gate must survive from each.
    private static func decided(_ against: [[PipelineChange]]) -> [PipelineChange] {
        var found: [PipelineChange] = []
        for change in against.joined() where !found.contains(where: { $0.isOfTheSame(as: change) }) {
            let isEverywhere = against.allSatisfy { $0.contains { $0.isOfTheSame(as: change) } }
            if change.kind == .gateLost || isEverywhere { found.append(change) }
        }
        return found
    }

    private static func concerned(_ changes: [Change]) -> Set<ByteString> {
        Set(changes.lazy.map(\.path).filter(DefinitionPlaces.mayConcern))
    }

    /// Every definition of a tree.
    package func definitions(in tree: ObjectID) throws(GitError) -> [Definition] {
        if let known = trees.first(where: { $0.tree == tree }) { return known.definitions }
        let definitions = try TreeDefinitions(reader, tree: tree, known: trees.last?.definitions ?? []).all()
        trees = trees.suffix(1) + [(tree, definitions)]
        return definitions
    }
}

extension PipelineChange {
    fileprivate func isOfTheSame(as other: PipelineChange) -> Bool {
        path == other.path && kind == other.kind && job == other.job
    }
}
