import Foundation

/// A small file system of its own, which can be filled and made read-only.
final class ScratchMount {
    let directory: String

    static let isPossible: Bool = {
        guard geteuid() == 0 else { return false }
        do { return try ScratchMount(kilobytes: 64).directory.isEmpty == false } catch { return false }
    }()

    struct Refused: Error {}

    init(kilobytes: Int) throws {
        directory = NSTemporaryDirectory() + "remit-mount-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        let options = ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", directory]
        guard try Tool.run("/usr/bin/mount", options).status == 0 else {
            unsafe rmdir(directory)
            throw Refused()
        }
    }

    deinit {
        _ = try? Tool.run("/usr/bin/umount", ["-l", directory])
        unsafe rmdir(directory)
    }

    func makeReadOnly() throws {
        guard try Tool.run("/usr/bin/mount", ["-o", "remount,ro", directory]).status == 0 else { throw Refused() }
    }
}
