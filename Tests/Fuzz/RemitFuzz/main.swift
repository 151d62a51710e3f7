import CLibFuzzer
import Foundation

/// Feeds one parser for so long: `remit-fuzz <parser> <corpus directory> [flags of libFuzzer]`.
///
/// Without arguments it lists the parsers. One program for all of them, since each would link the same modules again.
let arguments = CommandLine.arguments

/// Set once, before the first input: libFuzzer's callback takes no context.
nonisolated(unsafe) var parser = FuzzTarget.all[0]

if arguments.count < 3 {
    print(FuzzTarget.all.map(\.name).joined(separator: "\n"))
    exit(arguments.count == 1 ? 0 : 64)
}
guard let chosen = FuzzTarget.all.first(where: { $0.name == arguments[1] }) else {
    print("no parser is called '\(arguments[1])'")
    exit(64)
}
unsafe parser = chosen
let corpus = arguments[2]
try FileManager.default.createDirectory(atPath: corpus, withIntermediateDirectories: true)
for (number, seed) in chosen.seeds.enumerated() {
    try Data(seed).write(to: URL(fileURLWithPath: "\(corpus)/seed-\(number)"))
}
var words = unsafe ([arguments[0], corpus] + arguments.dropFirst(3)).map { unsafe strdup($0) } + [nil]
var count = unsafe CInt(words.count - 1)
let status = unsafe words.withUnsafeMutableBufferPointer { buffer in
    var start = buffer.baseAddress
    return unsafe LLVMFuzzerRunDriver(&count, &start) { bytes, count in
        unsafe parser.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
    }
}
exit(status)
