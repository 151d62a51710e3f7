import Foundation

/// A directory of one test, removed with everything in it when the last reference goes.
package final class TemporaryDirectory: Sendable {
    /// The real path, without symbolic links.
    package let path: String

    package init() throws {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        path = "\(base)/remit-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // A test may have taken away permissions; what cannot be removed is left to the system's own cleaning.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file below the directory, making the directories on the way; returns its absolute path.
    @discardableResult
    package func write(_ bytes: some Sequence<UInt8>, to name: String, executable: Bool = false) throws -> String {
        try writeFile(Array(bytes), to: "\(path)/\(name)", executable: executable)
        return "\(path)/\(name)"
    }

    @discardableResult
    package func write(_ text: String, to name: String, executable: Bool = false) throws -> String {
        try write(text.utf8, to: name, executable: executable)
    }

    package func read(_ name: String) throws -> [UInt8] {
        try readFile("\(path)/\(name)")
    }
}

/// Copies a directory with everything in it.
func copyTree(_ source: String, to destination: String) throws {
    try FileManager.default.copyItem(atPath: source, toPath: destination)
}

/// Reads a whole file.
package func readFile(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// Writes a whole file, making the directories on the way.
package func writeFile(_ bytes: [UInt8], to path: String, executable: Bool = false) throws {
    let manager = FileManager.default
    try manager.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    guard executable else {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return
    }
    try byChild(["sh", "-c", "cat >\"$0\" && chmod 755 \"$0\"", path], input: bytes)
}

/// Copies a program, so that the copy can be run at once.
package func copyProgram(_ program: String, to path: String) throws {
    try byChild(["cp", program, path])
}

/// Writes what is to be run.
///
/// A file that is still open for writing cannot be run (`ETXTBSY`), and while tests run side by side a child that was
/// just forked for another test can hold this process's descriptors. So this process never opens it.
package func byChild(_ command: [String], input: [UInt8] = []) throws {
    let output = try spawn(command, input: input, environment: HermeticGit.environment(home: "/"))
    guard output.status == 0 else {
        throw CommandFailure(command: command, status: output.status, stderr: output.errorText)
    }
}

/// The path of `shared/data/<name>`, found by walking up from this file, or `nil` where the data is not at hand.
package func sharedData(_ name: String, from file: String = #filePath) -> String? {
    var directory = URL(fileURLWithPath: file).deletingLastPathComponent()
    while directory.path != "/" {
        let candidate = directory.appendingPathComponent("shared/data/\(name)").path
        if FileManager.default.fileExists(atPath: candidate) { return candidate }
        directory.deleteLastPathComponent()
    }
    return nil
}

/// The top of this repository, found by walking up from this file.
package func repositoryRoot(from file: String = #filePath) -> String {
    var directory = URL(fileURLWithPath: file).deletingLastPathComponent()
    while directory.path != "/",
        !FileManager.default.fileExists(atPath: directory.appendingPathComponent("Package.swift").path)
    {
        directory.deleteLastPathComponent()
    }
    return directory.path
}
