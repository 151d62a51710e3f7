import Foundation
import RemitGit
import RemitModel

/// Where commits' objects come from.
protocol CommitSource {
    /// The exact bytes of those that can be read.
    func objects(of commits: [String], in repository: String) -> [String: [UInt8]]
}

/// A file with an object a line.
struct Collection: CommitSource {
    private var objects: [String: [UInt8]] = [:]

    struct Fault: Error {
        let line: Int
    }

    init(_ text: String) throws(Fault) {
        for (number, line) in text.split(separator: "\n").enumerated().dropFirst() {
            let fields = line.split(separator: "\t")
            guard fields.count == 4, let object = Base64.decode(fields[3].utf8, padding: .required) else {
                throw Fault(line: number + 1)
            }
            objects[String(fields[1])] = object
        }
    }

    func objects(of commits: [String], in repository: String) -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for commit in commits { found[commit] = objects[commit] }
        return found
    }
}

/// Clones below one directory.
struct Mirrors: CommitSource {
    let directory: String

    func objects(of commits: [String], in repository: String) -> [String: [UInt8]] {
        let joined = repository.split(separator: "/").joined(separator: "+")
        for path in ["\(repository).git", repository, "\(repository)/.git", joined, "\(joined)/repo", "\(joined)/.git"]
        {
            let found = read(commits, at: "\(directory)/\(path)")
            if !found.isEmpty { return found }
        }
        return [:]
    }

    private func read(_ commits: [String], at path: String) -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        do throws(GitError) {
            let repository = try Repository(at: RepositoryLocation(gitDirectory: ByteString(path)))
            for commit in commits {
                guard let id = ObjectID(hex: commit) else { continue }
                // A clone seldom has every commit of a repository's pull requests.
                do throws(GitError) { found[commit] = try repository.read(id, expecting: .commit) } catch { continue }
            }
        } catch {
            return found
        }
        return found
    }
}
