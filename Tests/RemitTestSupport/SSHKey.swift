/// A key pair made by `ssh-keygen`, without a passphrase.
package struct SSHKey: Sendable {
    package let privatePath: String
    /// The line of the `.pub` file, without its newline.
    package let publicLine: String

    package var publicPath: String { privatePath + ".pub" }

    /// A key whose file `ssh-keygen -f` takes.
    init(privatePath: String, publicLine: String) {
        self.privatePath = privatePath
        self.publicLine = publicLine
    }

    /// Makes a key in a directory; `bits` where the type has sizes.
    package init(
        named name: String, type: String = "ed25519", bits: Int? = nil, in directory: TemporaryDirectory
    ) throws {
        privatePath = "\(directory.path)/\(name)"
        let size = bits.map { ["-b", String($0)] } ?? []
        try Self.keygen(
            ["-q", "-t", type] + size + ["-N", "", "-C", name, "-f", privatePath], in: directory.path)
        let line = String(decoding: try readFile(privatePath + ".pub"), as: UTF8.self)
        publicLine = line.hasSuffix("\n") ? String(line.dropLast()) : line
    }

    /// `SHA256:…`, as `ssh-keygen -l` prints it.
    package func fingerprint() throws -> String {
        let directory = String(privatePath[..<(privatePath.lastIndex(of: "/") ?? privatePath.endIndex)])
        let fields = try Self.keygen(["-l", "-f", publicPath], in: directory).text.split(separator: " ")
        guard fields.count > 1 else {
            throw CommandFailure(command: ["ssh-keygen", "-l"], status: 0, stderr: "no fingerprint")
        }
        return String(fields[1])
    }

    /// The armoured SSHSIG of `ssh-keygen -Y sign`.
    package func sign(_ bytes: [UInt8], namespace: String) throws -> [UInt8] {
        let arguments = ["-q", "-Y", "sign", "-f", privatePath, "-n", namespace]
        return try Self.keygen(arguments, input: bytes, in: "/").stdout
    }

    /// Runs `ssh-keygen`; a status other than 0 is thrown.
    @discardableResult
    package static func keygen(_ arguments: [String], input: [UInt8] = [], in directory: String) throws -> Output {
        let output = try spawn(
            ["ssh-keygen"] + arguments, input: input,
            environment: HermeticGit.environment(home: directory))
        guard output.status == 0 else {
            throw CommandFailure(
                command: ["ssh-keygen"] + arguments, status: output.status, stderr: output.errorText)
        }
        return output
    }
}
