package import RemitGate
import RemitReport

/// Where a command speaks: data on standard output, talk on standard error.
package struct Console {
    /// Longest line of talk, in bytes.
    static let lineAtMost = 4096

    private let world: World

    package static var standard: Console { Console(Platform.world()) }

    package init(_ world: World) {
        self.world = world
    }

    /// One line, or several, of data.
    package func print(_ text: String) {
        // As bytes: CR and LF are one character, which does not end with LF.
        world.print(text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n")
    }

    /// One line of talk.
    ///
    /// Nothing in it can steer a terminal.
    package func say(_ text: String) {
        world.say("remit: \(Self.shown(text))\n")
    }

    package func fail(_ error: AppError) {
        say("error: \(error.message)")
        for line in error.quoted { say("server: \(line)") }
        for hint in error.hints { say("hint: \(hint)") }
    }

    private static func shown(_ text: String) -> String {
        Escaping.text(Array(text.utf8), limit: lineAtMost)
    }
}
