import Dispatch
import Foundation
import RemitGit
import RemitModel
import Synchronization

/// Some questions, put to Remit in some threads.
final class Reading: Sendable {
    /// What a thread takes at once: enough not to wait for the others, few enough to be beside them.
    private static let portion = 16

    private let questions: [any Question]
    private let gitDirectory: String
    private let next = Atomic(0)
    private let found: Mutex<[(index: Int, disagreement: Disagreement)]> = Mutex([])

    init(_ questions: [any Question], at gitDirectory: String) {
        self.questions = questions
        self.gitDirectory = gitDirectory
    }

    /// In the order of the questions, whichever thread was first.
    func run(threads: Int) -> [Disagreement] {
        let group = DispatchGroup()
        for _ in 0..<threads {
            group.enter()
            let thread = Thread { [self] in
                work()
                group.leave()
            }
            thread.start()
        }
        group.wait()
        return found.withLock { $0 }.sorted { $0.index < $1.index }.map(\.disagreement)
    }

    private func work() {
        do throws(GitError) {
            let repository = try Repository(at: RepositoryLocation(gitDirectory: ByteString(gitDirectory)))
            while true {
                let start = next.add(Self.portion, ordering: .relaxed).oldValue
                guard start < questions.count else { return }
                for index in start..<min(start + Self.portion, questions.count) {
                    guard let disagreement = questions[index].answer(repository) else { continue }
                    found.withLock { $0.append((index, disagreement)) }
                }
            }
        } catch {
            let disagreement = Disagreement(
                question: "opening", commit: .zero, git: "that it can be read", remit: error.reason)
            found.withLock { $0.append((-1, disagreement)) }
        }
    }
}
