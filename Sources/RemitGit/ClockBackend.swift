import CLibgit2

/// A store of objects that holds none and is asked before all others.
///
/// Libgit2 walks histories by itself, for as long as they are, and asks nobody in between. But it reads each commit, and
/// an error of one store ends the walk: this one gives that error once the time is over.
enum ClockBackend {
    /// Before every store of libgit2's own, which have 1 and 2.
    private static let priority: CInt = 100

    static func add(_ stopwatch: Stopwatch, to database: borrowing Handle) throws(GitError) {
        let backend = UnsafeMutablePointer<remit_clock_backend>.allocate(capacity: 1)
        unsafe backend.initialize(to: remit_clock_backend())
        let parent = unsafe UnsafeMutableRawPointer(backend).assumingMemoryBound(to: git_odb_backend.self)
        unsafe git_odb_init_backend(parent, CUnsignedInt(GIT_ODB_BACKEND_VERSION))
        unsafe backend.pointee.stopwatch = Unmanaged.passRetained(stopwatch).toOpaque()
        unsafe parent.pointee.read = { _, _, _, backend, _ in unsafe ClockBackend.answer(backend) }
        unsafe parent.pointee.read_header = { _, _, backend, _ in unsafe ClockBackend.answer(backend) }
        unsafe parent.pointee.free = { backend in unsafe ClockBackend.release(backend) }
        do throws(GitError) {
            try Libgit2.call("git_odb_add_backend") {
                unsafe git_odb_add_backend(database.pointer, parent, priority)
            }
        } catch {
            unsafe release(parent)
            throw error
        }
    }

    private static func answer(_ backend: UnsafeMutablePointer<git_odb_backend>?) -> CInt {
        guard let clock = unsafe UnsafeMutableRawPointer(backend)?.assumingMemoryBound(to: remit_clock_backend.self),
            let stopwatch = unsafe clock.pointee.stopwatch
        else { return GIT_ENOTFOUND.rawValue }
        let isOver = unsafe Unmanaged<Stopwatch>.fromOpaque(stopwatch)._withUnsafeGuaranteedRef { $0.count() }
        return isOver ? GIT_EUSER.rawValue : GIT_ENOTFOUND.rawValue
    }

    private static func release(_ backend: UnsafeMutablePointer<git_odb_backend>?) {
        guard let clock = unsafe UnsafeMutableRawPointer(backend)?.assumingMemoryBound(to: remit_clock_backend.self)
        else { return }
        if let stopwatch = unsafe clock.pointee.stopwatch {
            unsafe Unmanaged<Stopwatch>.fromOpaque(stopwatch).release()
        }
        unsafe clock.deallocate()
    }
}
