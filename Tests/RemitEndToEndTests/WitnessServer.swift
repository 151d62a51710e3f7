import Foundation
import RemitTestSupport

/// A witness after its specification, in Go, on loopback, with a certificate of its own.
final class WitnessServer {
    let directory: TemporaryDirectory
    let url: String
    /// Its verifier key.
    let key: String
    private let process = Process()

    static let name = "witness.example.net/w1"

    /// What tells `curl` to believe the certificate.
    var environment: [String: String] { ["CURL_CA_BUNDLE": "\(directory.path)/ca.pem"] }

    /// Starts a witness that knows a log by its verifier key.
    init(of log: String) throws {
        directory = try TemporaryDirectory()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: try Self.program.get())
        process.arguments = [directory.path, log]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let words = said.split(whereSeparator: \.isWhitespace)
        guard words.count == 2 else {
            throw CommandFailure(command: ["witness"], status: 1, stderr: "the witness does not say its port: \(said)")
        }
        url = "https://127.0.0.1:\(words[0])/log"
        key = String(words[1])
    }

    deinit { stop() }

    func stop() {
        guard process.isRunning else { return }
        // The thread that started it may block other signals, and the child inherits that.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Makes it do something wrong; empty for a sound witness.
    func behave(_ mode: String) throws { try directory.write(mode, to: "mode") }

    /// Puts what it has cosigned last to another size and root.
    func remember(_ size: Int64, _ root: [UInt8]) throws {
        try directory.write("\(size) \(Data(root).base64EncodedString())\n", to: "state")
    }

    /// What it was asked last.
    func request() throws -> String { String(decoding: try directory.read("request"), as: UTF8.self) }

    private static let programs = Result { try TemporaryDirectory() }

    /// Built once for all tests.
    private static let program = Result {
        let path = try programs.get().path + "/witness"
        let environment = HermeticGit.environment(home: "/tmp").merging([
            "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": "/tmp/remit-go-cache", "GOFLAGS": "",
        ]) { $1 }
        let built = try spawn(
            ["go", "build", "-o", path, "\(repositoryRoot())/Tests/Scripts/witness/main.go"], environment: environment)
        guard built.status == 0 else {
            throw CommandFailure(command: ["go", "build"], status: built.status, stderr: built.errorText)
        }
        return path
    }
}
