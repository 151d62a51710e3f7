import RemitFormats
import RemitGit
import RemitModel

/// Looks for the commit that kept a history from being walked.
enum MalformedCommit {
    /// Commits looked at before the search is given up: it only serves to say more than "cannot be read".
    private static let maximumCount = 10_000

    /// The malformed commit nearest to the new end of an update, as a finding that names it.
    ///
    /// `nil` when every commit that can be read is well formed.
    static func search(below update: RefUpdate, in reader: GitReader) -> GateError? {
        var waiting = [update.new]
        var seen: Set<ObjectID> = [update.new, update.old]
        var next = 0
        while next < waiting.count, next < maximumCount {
            let id = waiting[next]
            next += 1
            let bytes: [UInt8]
            do throws(GitError) {
                bytes = try reader.repository.read(id, expecting: .commit)
            } catch {
                continue
            }
            do throws(MalformedObject) {
                for parent in try CommitParser.parse(bytes).parents where seen.insert(parent).inserted {
                    waiting.append(parent)
                }
            } catch {
                return GateError(
                    Finding(.attributionMalformed, ref: update.ref, commit: id, facts: .init(reason: error.reason)))
            }
        }
        return nil
    }
}
