import RemitTestSupport

/// A file of `hooks/`, as an administrator puts it where a server looks.
enum HookFile {
    /// The path of the program that the files are written with.
    private static let program = "/usr/local/bin/remit-hook"

    static func path(_ name: String) -> String {
        // .../Tests/RemitEndToEndTests/HookFile.swift
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/hooks/\(name)"
    }

    static func text(_ name: String) throws -> String { String(decoding: try readFile(path(name)), as: UTF8.self) }

    /// Writes one of them with another program.
    static func write(_ name: String, to file: String, program: String, insteadOf former: String = program) throws {
        let text = try text(name).replacing("'\(former)'", with: "'\(program)'")
        try writeFile(Array(text.utf8), to: file, executable: true)
    }
}
