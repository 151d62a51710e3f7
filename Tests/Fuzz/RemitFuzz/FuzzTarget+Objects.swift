import RemitFormats
@testable import RemitGit
import RemitModel

extension FuzzTarget {
    static let objects = [commit, tag, tree]

    private static let id = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    private static let person = "A <a@example.org> 1795165200 +0000"

    private static let commit = FuzzTarget(
        "commit",
        seeds: [
            "tree \(id)\nparent \(id)\nauthor \(person)\ncommitter \(person)\n\nmessage\n",
            "tree \(id)\nauthor \(person)\ncommitter \(person)\ngpgsig -----BEGIN SSH SIGNATURE-----\n U1NI\n "
                + "-----END SSH SIGNATURE-----\nencoding latin1\n\nmessage\n",
            "tree \(id)\nauthor \(person)\ncommitter \(person)\nmergetag object \(id)\n type commit\n tag t\n\nm\n",
        ]
    ) { bytes in
        do throws(MalformedObject) {
            let commit = try CommitParser.parse(bytes)
            require(bytes.suffix(commit.message.count).elementsEqual(commit.message), "the message ends the object")
            require(
                (commit.signature == nil) == commit.signedBytes.isEmpty, "signed bytes are there for a signature only")
            require(commit.signedBytes.count < bytes.count, "the signature is not among what it covers")
        } catch {
            require((0...bytes.count).contains(error.offset), "the fault lies inside the object")
        }
    }

    private static let tag = FuzzTarget(
        "tag",
        seeds: [
            "object \(id)\ntype commit\ntag v1\ntagger \(person)\n\nmessage\n",
            "object \(id)\ntype tag\ntag v1\n\nmessage\n-----BEGIN SSH SIGNATURE-----\nU1NI\n"
                + "-----END SSH SIGNATURE-----\n",
        ]
    ) { bytes in
        do throws(MalformedObject) {
            let tag = try TagParser.parse(bytes)
            require(tag.message.count <= bytes.count, "the message is part of the object")
        } catch {
            require((0...bytes.count).contains(error.offset), "the fault lies inside the object")
        }
    }

    private static let tree = FuzzTarget(
        "tree",
        seeds: [
            Array("100644 a\0".utf8) + [UInt8](repeating: 1, count: 20) + Array("40000 b\0".utf8)
                + [UInt8](repeating: 2, count: 20),
            Array("120000 a.b\0".utf8) + [UInt8](repeating: 0, count: 20) + Array("40000 a\0".utf8)
                + [UInt8](repeating: 2, count: 20) + Array("160000 c\0".utf8) + [UInt8](repeating: 3, count: 20),
        ]
    ) { bytes in
        do throws(TreeFault) {
            var end = 0
            try unsafe TreeOrder.checkAll(bytes.span.bytes) { entry in
                require(entry.start == end && !entry.name.isEmpty, "entries follow each other")
                end = entry.end
            }
            require(end == bytes.count, "entries are the whole tree")
        } catch {
            require(!error.reason.isEmpty, "a fault has a reason")
        }
        // Two trees in one input: their equal beginning must be as long in each.
        let half = bytes.count / 2
        let (one, two) = (Array(bytes[..<half]), Array(bytes[half...]))
        let run = unsafe TreeBytes.equalRun(one.span.bytes, 0, two.span.bytes, 0)
        require(one.prefix(run.length).elementsEqual(two.prefix(run.length)), "an equal run is equal")
        require(run.last <= run.length && run.length <= half, "an equal run lies inside both trees")
    }
}
