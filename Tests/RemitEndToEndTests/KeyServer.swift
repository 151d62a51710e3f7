import Foundation
import RemitTestSupport

/// An https server on loopback with a certificate of its own authority, for keys and for a token.
final class KeyServer {
    let port: Int
    let directory: TemporaryDirectory
    private let process = Process()

    static let bearer = "job-secret-7f3a"

    /// The certificate of the authority that made the server's, for `CURL_CA_BUNDLE`.
    var authority: String { "\(directory.path)/ca.pem" }

    func url(_ name: String) -> String { "https://127.0.0.1:\(port)/\(name)" }

    /// Serves `keys` and, to whoever has the bearer token and asks for our audience, `token`.
    init(keys: [UInt8], token: String = "") throws {
        directory = try TemporaryDirectory()
        let path = directory.path
        let made = try spawn(
            ["sh", "-e", "-c", Self.certificates], environment: ["PATH": HermeticGit.path, "HOME": path],
            directory: path)
        guard made.status == 0 else {
            throw CommandFailure(command: ["openssl"], status: made.status, stderr: made.errorText)
        }
        try Data(keys).write(to: URL(fileURLWithPath: "\(path)/keys"))
        try Data(#"{"count":1,"value":"\#(token)"}"#.utf8).write(to: URL(fileURLWithPath: "\(path)/token"))
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.program, path, Self.bearer]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(said.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw CommandFailure(command: ["python3"], status: 1, stderr: "the server does not say its port: \(said)")
        }
        self.port = port
    }

    deinit {
        // The thread that started it may block other signals, and the child inherits that.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private static let certificates = """
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test-authority \
            -keyout ca.key -out ca.pem 2>log
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=127.0.0.1 \
            -keyout server.key -out server.csr 2>log
        echo subjectAltName=IP:127.0.0.1 >extensions
        openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile extensions \
            -out server.pem 2>log
        """

    private static let program = """
        import http.server, ssl, sys, urllib.parse
        directory, bearer = sys.argv[1:]
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                url = urllib.parse.urlsplit(self.path)
                if url.path == "/moved":
                    self.send_response(302)
                    self.send_header("Location", "/keys")
                    self.end_headers()
                elif url.path == "/endless":
                    self.send_response(200)
                    self.end_headers()
                    for _ in range(300):
                        self.wfile.write(b" " * 1024)
                elif url.path == "/token" and (
                    self.headers.get("Authorization") != "Bearer " + bearer
                    or urllib.parse.parse_qs(url.query).get("audience") != ["https://remit.example.org"]
                ):
                    self.send_error(403)
                elif url.path in ("/keys", "/token"):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(open(directory + url.path, "rb").read())
                else:
                    self.send_error(404)
            def log_message(self, *arguments):
                pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(directory + "/server.pem", directory + "/server.key")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        print(server.server_port, flush=True)
        server.serve_forever()
        """
}
