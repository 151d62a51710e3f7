import Foundation
import RemitTestSupport
import Testing

/// What `remit doctor` says of signed pushes.
@Suite struct DoctorCertificateTests {
    private static let secret = "0123456789abcdef"

    /// A server whose configuration only its user may read.
    private static func installed(_ settings: [(String, String)]) throws -> Installed {
        let installed = try Installed()
        for (key, value) in settings { try installed.server.configure(key, value) }
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: "\(installed.path)/config")
        return installed
    }

    private static func says(_ settings: [(String, String)]) throws -> [String] {
        try installed(settings).diagnosis("certificates")
    }

    @Test func `a server that takes no signed pushes is sound, unless it demands them`() throws {
        #expect(try Self.says([]) == ["ok git takes no signed pushes: receive.certNonceSeed is not set"])
        let installed = try Self.installed([("remit.pushCertificate", "required")])
        #expect(
            try installed.diagnosis("certificates") == [
                "FAIL remit.pushCertificate is required, and receive.certNonceSeed is not set: every push is refused; "
                    + "set it to a secret of 16 bytes or more, in a file that only the server's user may read"
            ])
        #expect(try installed.doctor().status == 1)
        // The probe is not signed, and is refused for what it is all the same.
        #expect(
            try installed.diagnosis("push") == ["ok a probe by the unregistered agent 'openhands' was refused by Remit"]
        )
    }

    @Test func `a server that takes signed pushes says whether it takes others`() throws {
        let seed = ("receive.certNonceSeed", Self.secret)
        #expect(try Self.says([seed]) == ["ok git takes signed pushes"])
        #expect(
            try Self.says([seed, ("remit.pushCertificate", "required")]) == [
                "ok git takes signed pushes, and Remit takes no others"
            ])
    }

    @Test func `a secret that is short, or that everybody may read, is found`() throws {
        #expect(
            try Self.says([("receive.certNonceSeed", "0123456789abcde")]) == [
                "warn receive.certNonceSeed has 15 bytes, and can be guessed; set it to a secret of 16 bytes or more"
            ])
        let installed = try Self.installed([("receive.certNonceSeed", Self.secret)])
        let config = "\(installed.path)/config"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: config)
        var directory = installed.path
        while directory != NSTemporaryDirectory().dropLast(), directory.count > 1 {
            let found = try? FileManager.default.attributesOfItem(atPath: directory)[.posixPermissions] as? Int
            if let mode = found, mode & 0o001 == 0 {
                // Whom the directory keeps out, the file need not.
                #expect(try installed.diagnosis("certificates") == ["ok git takes signed pushes"])
                try FileManager.default.setAttributes([.posixPermissions: mode | 0o001], ofItemAtPath: directory)
            }
            directory = String(directory[..<(directory.lastIndex(of: "/") ?? directory.startIndex)])
        }
        #expect(
            try installed.diagnosis("certificates") == [
                "warn receive.certNonceSeed stands in '\(config)', which everybody may read; "
                    + "run 'chmod o-r \(config)', and set another secret"
            ])
    }

    @Test func `over HTTP a nonce needs some seconds`() throws {
        let settings = [("receive.certNonceSeed", Self.secret), ("remit.host", "http")]
        let fault = "receive.certNonceSlop is not set: over HTTP the nonce of a signed push is too old by then; "
        let advice = "set it to the seconds that a push may take, with 'git config receive.certNonceSlop 60'"
        #expect(try Self.says(settings) == ["warn \(fault)\(advice)"])
        #expect(try Self.says(settings + [("remit.pushCertificate", "required")]) == ["FAIL \(fault)\(advice)"])
        #expect(try Self.says(settings + [("receive.certNonceSlop", "60")]) == ["ok git takes signed pushes"])
    }
}
