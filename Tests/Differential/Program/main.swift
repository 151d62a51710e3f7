import Foundation
import RemitDifferential

// Reads random histories with git and with Remit, in one thread and in many, and tells where they differ.
//
//     remit-differential [<commits> [<first seed>]]    100000 from seed 1, in histories of 5,000
//
// Exit status: 0 they agree, 1 they do not, 2 git or the test itself failed, 64 wrong usage.

let historyLength = 5_000
// More than most machines of a CI have cores: they take turns within libgit2's locks as well.
let threads = [1, 4]

func say(_ text: String, to stream: FileHandle = .standardOutput) {
    stream.write(Data((text + "\n").utf8))
}

let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.compactMap { Int($0) }
guard numbers.count == arguments.count, numbers.count <= 2, numbers.allSatisfy({ $0 > 0 }) else {
    say("usage: remit-differential [<commits> [<first seed>]]", to: .standardError)
    exit(64)
}
let (commits, firstSeed) = (numbers.first ?? 100_000, numbers.count > 1 ? numbers[1] : 1)

var total = Differential.Tally()
var isAgreed = true
for (offset, start) in stride(from: 0, to: commits, by: historyLength).enumerated() {
    let seed = UInt64(firstSeed + offset)
    let begin = ContinuousClock.now
    do {
        let tally = try Differential(seed: seed, commits: min(historyLength, commits - start), threads: threads).run()
        total.add(tally)
        for disagreement in tally.disagreements { say("\(disagreement)", to: .standardError) }
        if !tally.disagreements.isEmpty { isAgreed = false }
        say("seed \(seed): \(tally), \(Int((ContinuousClock.now - begin) / .milliseconds(1))) ms")
    } catch {
        say("seed \(seed): \(error)", to: .standardError)
        exit(2)
    }
}
say("\(isAgreed ? "git and Remit agree" : "git and Remit differ"): \(total), each in 1 and in 4 threads")
exit(isAgreed ? 0 : 1)
