extension SSHKey {
    /// The certificate that ``certify(_:principals:valid:options:type:)`` makes, which git takes as `user.signingkey`.
    package var certificatePath: String { privatePath + "-cert.pub" }

    /// This key with its certificate, to sign with.
    package var certified: SSHKey { SSHKey(privatePath: certificatePath, publicLine: publicLine) }

    /// Issues a certificate with this key as the authority, by `ssh-keygen -s`; the last one issued counts.
    ///
    /// - Parameters:
    ///   - valid: `-V` of ssh-keygen; for ever when `nil`.
    ///   - options: each as `-O` takes it.
    ///   - type: `-t`, the algorithm by which an RSA authority signs.
    package func certify(
        _ key: SSHKey, principals: [String], valid: String? = "-5m:+8h", options: [String] = [], isHost: Bool = false,
        type: String? = nil
    ) throws {
        let directory = String(privatePath[..<(privatePath.lastIndex(of: "/") ?? privatePath.endIndex)])
        var arguments = ["-q", "-s", privatePath, "-I", "agent 7", "-z", "42"]
        if isHost { arguments.append("-h") }
        if !principals.isEmpty { arguments += ["-n", principals.joined(separator: ",")] }
        if let valid { arguments += ["-V", valid] }
        if let type { arguments += ["-t", type] }
        for option in options { arguments += ["-O", option] }
        try Self.keygen(arguments + [key.publicPath], in: directory)
    }
}
