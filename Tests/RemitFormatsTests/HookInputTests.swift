import RemitFormats
import RemitModel
import Testing

private let a = String(repeating: "a", count: 40)
private let b = String(repeating: "b", count: 40)
private let zero = String(repeating: "0", count: 40)

private func error(of text: String) -> HookInputError? {
    do throws(HookInputError) {
        _ = try HookInput(parsing: Array(text.utf8))
        return nil
    } catch {
        return error
    }
}

@Suite struct HookInputTests {
    @Test func `reads every update in its order`() throws {
        let text = "\(a) \(b) refs/heads/main\n\(zero) \(a) refs/heads/new\n\(b) \(zero) refs/tags/v1\n"
        let updates = try HookInput(parsing: Array(text.utf8)).updates
        let first = try #require(ObjectID(hex: a))
        let second = try #require(ObjectID(hex: b))
        #expect(
            updates == [
                RefUpdate(ref: "refs/heads/main", old: first, new: second),
                RefUpdate(ref: "refs/heads/new", old: .zero, new: first),
                RefUpdate(ref: "refs/tags/v1", old: second, new: .zero),
            ])
    }

    @Test func `a ref is bytes, spaces and invalid UTF-8 included`() throws {
        let ref: [UInt8] = Array("refs/heads/a b ".utf8) + [0xFF, 0xC0, 0x0D]
        let updates = try HookInput(parsing: Array("\(a) \(b) ".utf8) + ref + [0x0A]).updates
        #expect(updates.map(\.ref) == [ByteString(ref)])
    }

    @Test(arguments: ["", "\n"])
    func `nothing and a lone line feed are no updates`(text: String) throws {
        #expect(try HookInput(parsing: Array(text.utf8)).updates.isEmpty)
    }

    @Test(
        arguments: [
            ("\(a) \(b) refs/heads/main", .unterminated, 1),
            ("\(a) \(b) refs/heads/main\n\(a)", .unterminated, 2),
            ("\n\n", .malformedLine, 1),
            ("\(a) \(b) refs/heads/main\n\n", .malformedLine, 2),
            ("\(a) \(b)\n", .malformedLine, 1),
            ("\(a) \(b) \n", .malformedLine, 1),
            ("\(a)  \(b) refs/heads/main\n", .malformedLine, 1),
            (" \(a) \(b) refs/heads/main\n", .malformedLine, 1),
            ("\(a)\t\(b)\trefs/heads/main\n", .malformedLine, 1),
            ("\(a.uppercased()) \(b) refs/heads/main\n", .malformedLine, 1),
            ("\(a.dropLast()) \(b) refs/heads/main\n", .malformedLine, 1),
            ("\(a)a \(b) refs/heads/main\n", .malformedLine, 1),
            ("\(a.dropLast())g \(b) refs/heads/main\n", .malformedLine, 1),
            ("\(a) \(b) refs/heads/m\0n\n", .malformedLine, 1),
            ("\(zero) \(zero) refs/heads/main\n", .bothZero, 1),
            ("\(a) \(b) refs/heads/x\n\(b) \(a) refs/heads/x\n", .duplicateRef, 2),
            (
                "\(String(repeating: "c", count: 64)) \(String(repeating: "0", count: 64)) refs/heads/x\n",
                .sha256Repository, 1
            ),
            ("\(String(repeating: "C", count: 64)) \(b) refs/heads/x\n", .malformedLine, 1),
        ] as [(String, HookInputError.Code, Int)])
    func `refuses what git does not write, with its line`(text: String, code: HookInputError.Code, line: Int) {
        let error = error(of: text)
        #expect(error?.code == code)
        #expect(error?.line == line)
    }

    @Test func `a ref of the longest length passes and one byte more does not`() {
        let longest = "refs/" + String(repeating: "x", count: HookInput.maximumRefByteCount - 5)
        #expect(error(of: "\(a) \(b) \(longest)\n") == nil)
        #expect(error(of: "\(a) \(b) \(longest)x\n")?.code == .refTooLong)
    }

    @Test func `100,000 updates pass and one more does not`() {
        var text = ""
        for number in 0..<HookInput.maximumUpdateCount { text += "\(a) \(b) refs/heads/\(number)\n" }
        #expect(error(of: text) == nil)
        let error = error(of: text + "\(a) \(b) refs/heads/more\n")
        #expect(error?.code == .tooManyUpdates)
        #expect(error?.line == HookInput.maximumUpdateCount + 1)
    }
}
