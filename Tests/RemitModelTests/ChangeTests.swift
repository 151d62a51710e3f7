import RemitModel
import Testing

@Suite struct ChangeTests {
    @Test(
        arguments: [
            (nil, .regular, [.fileCreate]), (nil, .executable, [.fileCreate]),
            (nil, .symlink, [.fileCreate, .fileSymlink]), (nil, .gitlink, [.fileCreate, .fileSubmodule]),
            (.regular, nil, [.fileDelete]), (.symlink, nil, [.fileDelete, .fileSymlink]),
            (.gitlink, nil, [.fileDelete, .fileSubmodule]),
            (.regular, .regular, [.fileModify]), (.symlink, .symlink, [.fileModify, .fileSymlink]),
            (.gitlink, .gitlink, [.fileModify, .fileSubmodule]),
            (.regular, .executable, [.fileModify, .fileMode]),
            (.regular, .symlink, [.fileModify, .fileMode, .fileSymlink]),
            (.symlink, .gitlink, [.fileModify, .fileMode, .fileSymlink, .fileSubmodule]),
        ] as [(FileMode?, FileMode?, Set<RemitModel.Operation>)])
    func `needs every operation that it is`(old: FileMode?, new: FileMode?, expected: Set<RemitModel.Operation>) throws
    {
        let (first, second) = (try id("1"), try id("2"))
        let change = Change(
            path: "p", old: old.map { .init(mode: $0, id: first) }, new: new.map { .init(mode: $0, id: second) })
        #expect(change.operations == expected)
    }

    @Test func `a mode alone is no modification`() throws {
        let id = try id("1")
        let change = Change(path: "p", old: .init(mode: .regular, id: id), new: .init(mode: .executable, id: id))
        #expect(change.operations == [.fileMode])
    }

    private func id(_ digit: String) throws -> ObjectID {
        try #require(ObjectID(hex: String(repeating: digit, count: 40)))
    }
}

@Suite struct FileModeTests {
    @Test(
        arguments: [
            (0o100644, .regular, "100644"), (0o100664, .regular, "100644"), (0o100600, .regular, "100644"),
            (0o100755, .executable, "100755"), (0o100775, .executable, "100755"), (0o100744, .executable, "100755"),
            (0o100655, .regular, "100644"), (0o120000, .symlink, "120000"), (0o120777, .symlink, "120000"),
            (0o040000, .tree, "040000"), (0o040755, .tree, "040000"), (0o160000, .gitlink, "160000"),
            (0, .gitlink, "160000"), (0o060000, .gitlink, "160000"),
        ] as [(UInt32, FileMode, String)])
    func `reads odd modes as git's canon_mode does`(mode: UInt32, expected: FileMode, octal: String) {
        #expect(FileMode(canonical: mode) == expected)
        #expect(expected.octal == octal)
    }
}
