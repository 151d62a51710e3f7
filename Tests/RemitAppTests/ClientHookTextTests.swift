import RemitApp
import RemitTestSupport
import Testing

/// The files of `hooks/` for a clone are what `remit task start` writes there, with the program's usual path.
@Suite struct ClientHookTextTests {
    @Test(arguments: ClientHook.allCases) func `a file says what the program writes`(hook: ClientHook) throws {
        // .../Tests/RemitAppTests/ClientHookTextTests.swift
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        #expect(String(decoding: try readFile("/\(root)/hooks/\(hook.rawValue)"), as: UTF8.self) == hook.text)
    }
}
