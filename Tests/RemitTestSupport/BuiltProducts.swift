import Glibc

/// The executables that were built together with the tests.
package enum BuiltProducts {
    package static var hook: String { get throws { try path(of: "remit-hook") } }
    package static var remit: String { get throws { try path(of: "remit") } }

    private static func path(of name: String) throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        let running = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        // The test bundle lies beside them; it is the program itself or the first argument of a runner.
        for bundle in [running] + CommandLine.arguments {
            guard let slash = bundle.lastIndex(of: "/") else { continue }
            let candidate = "\(bundle[..<slash])/\(name)"
            if unsafe access(candidate, X_OK) == 0 { return candidate }
        }
        throw CommandFailure(command: [name], status: 127, stderr: "not beside the test bundle; run 'swift build'")
    }
}
