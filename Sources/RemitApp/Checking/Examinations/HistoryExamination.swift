import Glibc
import RemitEvidence
import RemitGate
import RemitGit
import RemitModel
import RemitReport

/// What lets history into a repository, or shows another than there is, beside pushes.
struct HistoryExamination {
    private let repository: ServerRepository

    init(_ repository: ServerRepository) {
        self.repository = repository
    }

    /// Most remotes, pools or refs that are named.
    private static let namedAtMost = 5
    private static let fileByteCount = 1 << 20

    func diagnoses() throws(AppError) -> [Diagnosis] {
        [try shallow()] + (try alternates()) + [try replaced()] + (try mirrors())
    }

    private func shallow() throws(AppError) -> Diagnosis {
        guard try repository.effective("receive.shallowUpdate", isBoolean: true) == "true" else {
            return .ok(.shallow, "git takes no history that is cut off")
        }
        return .warn(
            .shallow, "receive.shallowUpdate is true: git takes history that is cut off, which Remit refuses",
            "run 'git config receive.shallowUpdate false'")
    }

    private func alternates() throws(AppError) -> [Diagnosis] {
        let file = "\(repository.gitDirectory)/objects/info/alternates"
        guard case .file = FileState(of: file) else {
            return [.ok(.alternates, "every object is the repository's own")]
        }
        let text = String(decoding: try Files.read(file, limit: Self.fileByteCount), as: UTF8.self)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        return lines.prefix(Self.namedAtMost).map { line in
            let path = line.hasPrefix("/") ? String(line) : "\(repository.gitDirectory)/objects/\(line)"
            return alternate(RealPath.of(path) ?? path)
        }
    }

    /// What another repository brings is judged all the same; what it loses is lost here too.
    private func alternate(_ path: String) -> Diagnosis {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            return .warn(
                .alternates, "objects are looked for in '\(path)', which is not there",
                "put it back, or take its line out of objects/info/alternates")
        }
        let owner = Ownership.owner(of: repository.gitDirectory)
        guard status.st_uid == owner || status.st_uid == 0, status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
            return .warn(
                .alternates,
                "objects are also those of '\(path)', which others can write: what comes from there is judged, but what "
                    + "they delete there is missing here",
                "let nobody but the repository's owner write there, or run 'git repack -a -d' and remove "
                    + "objects/info/alternates")
        }
        return .ok(
            .alternates, "objects are also those of '\(path)', of the same owner: what comes from there is judged")
    }

    /// Git honours them, everywhere but here: it would show another history than was judged.
    ///
    /// Grafts do the same; a repository that has them cannot even be opened.
    private func replaced() throws(AppError) -> Diagnosis {
        let names = try references(below: "refs/replace/")
        guard let first = names.first else { return .ok(.replaced, "git shows the history that is judged") }
        return .warn(
            .replaced,
            "'\(first)'\(names.count > 1 ? " and \(names.count - 1) more" : "") stands for another object: git shows "
                + "another history than Remit judges",
            "look at 'git replace --list', and delete with 'git replace --delete'")
    }

    private func references(below prefix: ByteString) throws(AppError) -> [String] {
        do throws(GitError) {
            return try repository.reader.repository.references(prefix: prefix).map {
                String(decoding: $0.name.bytes, as: UTF8.self)
            }
        } catch {
            throw AppError("cannot read the refs: \(error.reason)", status: .undecided)
        }
    }

    /// A fetch moves refs and runs neither hook.
    private func mirrors() throws(AppError) -> [Diagnosis] {
        let fetched = try repository.configuration(matching: #"^remote\..*\.fetch$"#).filter { entry in
            guard let colon = entry.value.lastIndex(of: ":") else { return false }
            let target = entry.value[entry.value.index(after: colon)...]
            return !target.isEmpty && !target.hasPrefix("refs/remotes/")
        }
        guard !fetched.isEmpty else { return [.ok(.mirrors, "no remote is fetched into branches or tags")] }
        return fetched.prefix(Self.namedAtMost).map { key, value in
            .warn(
                .mirrors, "\(key) is '\(value)': 'git fetch' moves these refs, and runs no hook that judges",
                "fetch below refs/remotes/ and push from there, or take the setting away")
        }
    }
}
