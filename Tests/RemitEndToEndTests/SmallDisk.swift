import Foundation
import RemitTestSupport

/// A file system of one test that is small enough to be filled.
final class SmallDisk {
    let path: String

    static let isPossible: Bool = {
        guard geteuid() == 0 else { return false }
        do { return try !SmallDisk(kilobytes: 64).path.isEmpty } catch { return false }
    }()

    init(kilobytes: Int) throws {
        path = "\(FileManager.default.temporaryDirectory.path)/remit-disk-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        do {
            try Self.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path)
        } catch {
            try FileManager.default.removeItem(atPath: path)
            throw error
        }
    }

    deinit {
        // What cannot be unmounted is left to the system's own cleaning.
        try? Self.run("umount", "-l", path)
        unsafe rmdir(path)
    }

    func makeReadOnly() throws { try remount("ro") }

    func remount(_ option: String) throws {
        try Self.run("mount", "-o", "remount,\(option)", path)
    }

    /// Takes all the space there is; gives back the file that holds it.
    func fill() throws -> String {
        let filler = "\(path)/filler"
        // It ends for want of space, which is the purpose.
        _ = try spawn(["dd", "if=/dev/zero", "of=\(filler)", "bs=4k"], environment: HermeticGit.environment(home: "/"))
        return filler
    }

    private static func run(_ command: String...) throws {
        let output = try spawn(command, environment: HermeticGit.environment(home: "/"))
        guard output.status == 0 else {
            throw CommandFailure(command: command, status: output.status, stderr: output.errorText)
        }
    }
}
