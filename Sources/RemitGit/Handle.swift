import CLibgit2

/// The single owner of one object of libgit2, freed when it goes out of scope.
///
/// Never `Sendable`: libgit2's objects belong to one thread at a time, and its error text is the thread's.
@safe struct Handle: ~Copyable {
    let pointer: OpaquePointer
    private let release: @convention(c) (OpaquePointer?) -> Void

    /// Makes an object with the function named, which fills the pointer it is given.
    init(
        _ function: StaticString, about subject: @autoclosure () -> String = "",
        release: @escaping @convention(c) (OpaquePointer?) -> Void, _ make: (inout OpaquePointer?) -> CInt
    ) throws(GitError) {
        try Libgit2.start()
        var made: OpaquePointer?
        try Libgit2.call(function, about: subject()) { unsafe make(&made) }
        guard let made = unsafe made else {
            throw GitError(.libgit2, String(describing: function), "no object was made")
        }
        unsafe self.pointer = unsafe made
        unsafe self.release = unsafe release
    }

    deinit { unsafe release(pointer) }
}

/// Bytes as a C string; those that hold a NUL, which C would cut there, are refused.
struct CText {
    let characters: [CChar]

    init(_ bytes: [UInt8]) throws(GitError) {
        guard !bytes.contains(0) else {
            throw GitError(.notFound, "CText", "a name or path holds a NUL byte")
        }
        characters = bytes.map { CChar(bitPattern: $0) } + [0]
    }
}

/// The bytes of a C string, without its NUL; empty for a null pointer.
func bytes(ofCString text: UnsafePointer<CChar>?) -> [UInt8] {
    guard var next = unsafe text else { return [] }
    var bytes: [UInt8] = []
    while unsafe next.pointee != 0 {
        unsafe bytes.append(UInt8(bitPattern: next.pointee))
        unsafe next += 1
    }
    return bytes
}
