import RemitModel
import RemitReport

extension AuthorityClone {
    /// Makes a commit of a change without touching the person's work tree.
    ///
    /// It is made in a work tree of its own that holds nothing but the change, so that git's configuration decides
    /// author and hooks as ever. The first commit of a new repository is made in place.
    func makeCommit(of change: Change, on base: ObjectID?, signedWith key: SigningKey?) throws(AppError) -> ObjectID {
        guard let base else { return try makeCommit(of: change, in: git, signedWith: key) }
        let directory = try Files.temporaryDirectory()
        defer { discard(directory) }
        _ = try git.patiently(["worktree", "add", "--quiet", "--detach", "--no-checkout", directory, base.hex])
            .succeeded("git worktree")
        let place = Git(in: directory)
        try place.run(["read-tree", base.hex])
        return try makeCommit(of: change, in: place, signedWith: key)
    }

    private func makeCommit(of change: Change, in place: Git, signedWith key: SigningKey?) throws(AppError) -> ObjectID
    {
        let directory = place.directory ?? ""
        let paths = change.files.files.map(\.path)
        do {
            for file in change.files.files {
                _ = try Files.makeDirectories(Files.parent(of: "\(directory)/\(file.path)"))
                try Files.create(file.bytes, at: "\(directory)/\(file.path)")
            }
            // By force: a person's own ignore rules (`*.sig`) have no say here.
            if !paths.isEmpty { try place.run(["add", "--force", "--"] + paths) }
            if !change.files.removed.isEmpty {
                try place.run(["rm", "--quiet", "--cached", "--"] + change.files.removed)
            }
            for file in change.files.files { try requireExact(file.bytes, at: file.path, in: place) }
            let signed = key.map { ["--gpg-sign=\($0.path)"] } ?? []
            // The record was signed by `ssh-keygen`, so the same key signs the commit there and not in another program.
            let settings = key == nil ? [] : ["gpg.format=ssh", "gpg.ssh.program=ssh-keygen"]
            try place.with(settings).run(["commit", "--quiet", "-m", change.message] + signed, .terminal)
        } catch {
            throw AppError(
                error.message, quoted: error.quoted, hints: ["nothing was written"] + error.hints,
                status: error.status)
        }
        let head = try place.run(["rev-parse", "--verify", "HEAD"]).text
        guard let id = ObjectID(hex: head) else {
            throw AppError("git names the commit '\(head)'", status: .undecided)
        }
        return id
    }

    /// Refuses a file that git would store with other bytes than were signed, because of a filter or line ends.
    private func requireExact(_ bytes: [UInt8], at path: String, in place: Git) throws(AppError) {
        guard try place.run(["cat-file", "blob", ":\(path)"]).stdout == bytes else {
            throw AppError(
                "git stores '\(path)' with other bytes than were signed",
                hint: "let .gitattributes say '* -text', and set no filter for this repository")
        }
    }

    /// Takes a work tree of ours away.
    ///
    /// What git still remembers of it after a failure, it forgets by itself.
    private func discard(_ directory: String) {
        do { _ = try git.attempt(["worktree", "remove", "--force", directory]) } catch {}
        Files.removeTree(directory)
    }
}
