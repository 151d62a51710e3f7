import Foundation
import RemitTestSupport

/// nginx on loopback with `fcgiwrap` and `git http-backend`, and basic authentication.
final class WebServer {
    let port: Int
    private let directory: TemporaryDirectory
    private let gateway: ServerProcess
    private let nginx: ServerProcess

    /// The password of every account.
    static let password = "correct-horse-battery"
    /// What a client with that password sends.
    static func authorization(_ account: String) -> String {
        Data("\(account):\(password)".utf8).base64EncodedString()
    }

    var log: String {
        nginx.log + gateway.log + ((try? String(contentsOfFile: "\(directory.path)/nginx.log", encoding: .utf8)) ?? "")
    }

    /// Serves the repositories below `/` to the accounts; to everybody where there are none.
    init(accounts: [String]) throws {
        let (port, directory) = (try Loopback.freePort(), try TemporaryDirectory())
        (self.port, self.directory) = (port, directory)
        let path = directory.path
        let hash = try spawn(
            ["openssl", "passwd", "-apr1", Self.password], environment: HermeticGit.environment(home: path)
        ).text
        try directory.write(accounts.map { "\($0):\(hash)\n" }.joined(), to: "accounts")
        try directory.write(Self.configuration(port: port, path: path, isOpen: accounts.isEmpty), to: "nginx.conf")
        // HOME is another user's, as services often have it, and may not be readable.
        gateway = try ServerProcess(
            ["/usr/sbin/fcgiwrap", "-c", "4", "-s", "unix:\(path)/gateway"], in: try TemporaryDirectory(),
            environment: ["HOME": "/root"]
        ) { FileManager.default.fileExists(atPath: "\(path)/gateway") }
        nginx = try ServerProcess(
            ["/usr/sbin/nginx", "-e", "\(path)/nginx.log", "-c", "\(path)/nginx.conf"], in: directory
        ) { Loopback.answers(port) }
    }

    func url(_ path: String, account: String?) -> String {
        "http://\(account.map { "\($0):\(Self.password)@" } ?? "")127.0.0.1:\(port)\(path)"
    }

    private static func configuration(port: Int, path: String, isOpen: Bool) -> String {
        """
        daemon off;
        master_process off;
        pid \(path)/pid;
        error_log \(path)/nginx.log;
        events {}
        http {
            access_log off;
            client_max_body_size 0;
            client_body_temp_path \(path)/body;
            fastcgi_temp_path \(path)/fastcgi;
            proxy_temp_path \(path)/proxy;
            uwsgi_temp_path \(path)/uwsgi;
            scgi_temp_path \(path)/scgi;
            server {
                listen 127.0.0.1:\(port);
                location / {
                    auth_basic \(isOpen ? "off" : "git");
                    auth_basic_user_file \(path)/accounts;
                    fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
                    fastcgi_param GIT_PROJECT_ROOT /;
                    fastcgi_param GIT_HTTP_EXPORT_ALL "";
                    fastcgi_param PATH_INFO $uri;
                    fastcgi_param REMOTE_USER $remote_user;
                    fastcgi_param REMOTE_ADDR $remote_addr;
                    fastcgi_param QUERY_STRING $query_string;
                    fastcgi_param REQUEST_METHOD $request_method;
                    fastcgi_param CONTENT_TYPE $content_type;
                    fastcgi_param CONTENT_LENGTH $content_length;
                    fastcgi_pass unix:\(path)/gateway;
                }
            }
        }

        """
    }
}
