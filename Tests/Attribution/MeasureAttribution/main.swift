import Foundation
import RemitGit
import RemitMeasurement
import RemitModel

// Prints how well agents' commits are seen, as the table that README.md quotes.
//
//     measure-attribution <labels.tsv> <collection.tsv>    repository, commit, label and object in base64, a line each
//     measure-attribution <labels.tsv> --mirrors <DIR>     clones: DIR/owner/name.git, DIR/owner/name, DIR/owner+name/…
//
// Exit status: 0 measured, 2 something could not be read, 64 wrong usage.

let arguments = CommandLine.arguments.dropFirst()

func fail(_ text: String, _ status: Int32) -> Never {
    FileHandle.standardError.write(Data("measure-attribution: \(text)\n".utf8))
    exit(status)
}

func text(at path: String) -> String {
    guard let data = FileManager.default.contents(atPath: path) else { fail("'\(path)' cannot be read", 2) }
    return String(decoding: data, as: UTF8.self)
}

guard arguments.count == 2 || arguments.count == 3 && arguments.dropFirst().first == "--mirrors",
    let labels = arguments.first, let source = arguments.last
else { fail("usage: measure-attribution <labels.tsv> (<collection.tsv> | --mirrors <DIR>)", 64) }

var measurement = AttributionMeasurement()
var unread: [String: Int] = [:]
do {
    let list = try LabelledCommit.list(text(at: labels))
    let objects: any CommitSource =
        arguments.count == 3 ? Mirrors(directory: source) : try Collection(text(at: source))
    for (repository, commits) in Dictionary(grouping: list, by: \.repository).sorted(by: { $0.key < $1.key }) {
        let found = objects.objects(of: commits.map(\.commit), in: repository)
        for commit in commits {
            if let object = found[commit.commit] {
                try measurement.take(commit, object)
            } else {
                unread[repository, default: 0] += 1
            }
        }
    }
} catch let fault as LabelledCommit.Fault {
    fail("'\(labels)', line \(fault.line): \(fault.reason)", 2)
} catch {
    fail("\(error)", 2)
}

print(measurement.table)
for (commit, reason) in measurement.exceptions {
    print("\(commit.repository) \(commit.commit) \(commit.label) (\(commit.stratum.rawValue)): \(reason)")
}
for (repository, count) in unread.sorted(by: { $0.key < $1.key }) {
    FileHandle.standardError.write(Data("not read: \(count) commits of \(repository)\n".utf8))
}
exit(unread.isEmpty ? 0 : 2)
