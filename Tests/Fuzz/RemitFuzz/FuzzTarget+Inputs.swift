import RemitFormats
import RemitModel

extension FuzzTarget {
    static let inputs = [
        hookInput, referenceTransaction, pushCertificate, refName, alternates, pattern, moment, json, envelope,
    ]

    private static let hookInput = FuzzTarget(
        "hook-input",
        seeds: [
            String(repeating: "0", count: 40) + " " + String(repeating: "1", count: 40) + " refs/heads/main\n",
            String(repeating: "a", count: 40) + " " + String(repeating: "0", count: 40) + " refs/tags/v 1\n", "\n",
        ]
    ) { bytes in
        do throws(HookInputError) {
            let updates = try HookInput(parsing: bytes).updates
            var text: [UInt8] = []
            for update in updates {
                text += Array("\(update.old.hex) \(update.new.hex) ".utf8)
                text += update.ref.bytes
                text.append(UInt8(ascii: "\n"))
            }
            require(bytes == [0x0A] || text == bytes, "the updates say the whole input")
        } catch {
            require(error.line >= 1, "lines are counted from one")
        }
    }

    private static let pushCertificate: FuzzTarget = {
        let id = String(repeating: "a", count: 40)
        let armour = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n"
        return FuzzTarget(
            "push-certificate",
            seeds: [
                "certificate version 0.1\npusher SHA256:abc  1795288791 +0000\npushee ../s.git\nnonce 1795288791-fe\n"
                    + "push-option \npush-option a b\n\n\(id) \(id) refs/heads/main\n" + armour,
                "certificate version 0.1\npusher Dana <d@e.org> 1 -0330\n\n\(id) \(id) refs/a\n-----BEGIN PGP ",
                "certificate version 0.1\npusher a 1 +0000\nnonce -\npushee x\n\n",
            ]
        ) { bytes in
            do throws(PushCertificateError) {
                let read = try PushCertificate(parsing: bytes)
                require(read.signedBytes + read.signature == bytes, "nothing is between the text and the signature")
                require(read.signature.starts(with: Array("-----BEGIN ".utf8)), "a signature begins with its armour")
                var tail: [UInt8] = []
                for option in read.options { tail += Array("push-option ".utf8) + option.bytes + [0x0A] }
                tail.append(0x0A)
                for update in read.updates {
                    tail += Array("\(update.old.hex) \(update.new.hex) ".utf8) + update.ref.bytes + [0x0A]
                }
                require(read.signedBytes.suffix(tail.count).elementsEqual(tail), "options and updates say all of it")
                if let moment = read.nonceMoment {
                    require(moment.seconds >= 0, "no nonce is from before there was time")
                }
            } catch {
                require(error.line >= 1 && !error.reason.isEmpty, "a fault has a place and a reason")
            }
        }
    }()

    private static let referenceTransaction = FuzzTarget(
        "reference-transaction",
        seeds: [
            String(repeating: "0", count: 40) + " " + String(repeating: "1", count: 40) + " refs/heads/main\n",
            String(repeating: "a", count: 64) + " " + String(repeating: "0", count: 64) + " HEAD\n",
            "ref:refs/heads/a ref:refs/heads/b HEAD\n",
        ]
    ) { bytes in
        do throws(HookInputError) {
            let lines = try ReferenceTransactionInput(parsing: bytes).lines
            var rest = bytes[...]
            for line in lines {
                let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
                require(Array(rest[..<end]).suffix(line.ref.count) == line.ref.bytes[...], "a line ends in its ref")
                rest = rest[min(end + 1, rest.endIndex)...]
                require(line.new.id.map { !$0.isZero } ?? true, "zeros are no object")
            }
            require(rest.isEmpty, "the lines say the whole input")
        } catch {
            require(error.line >= 1, "lines are counted from one")
        }
    }

    private static let refName = FuzzTarget(
        "ref-name", seeds: ["refs/heads/main", "refs/heads/a..b", "refs/replace/x", "refs/heads/@{", "refs/a.lock/b."]
    ) { bytes in
        let name = ByteString(bytes)
        if RefName.fault(in: name) == nil {
            require(name.starts(with: "refs/"), "a good name is a full one")
            require(bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F }, "a good name holds no control byte")
        }
        _ = ReservedRefs.directory(of: name)
    }

    private static let alternates = FuzzTarget(
        "alternates",
        seeds: ["/a:/b", "\"/a\\303\\244\\n\":/b:", "# comment\n/a\n\"b\\\"c\"\n../objects\n", "\"a", "\"\\777\""]
    ) { bytes in
        require(AlternatesList.environment(bytes).allSatisfy { !$0.isEmpty }, "a directory has a name")
        require(AlternatesList.file(bytes).allSatisfy { !$0.path.isEmpty }, "a directory has a name")
        if let quoted = CQuoting.unquote(bytes) {
            require(quoted.end <= bytes.count && quoted.bytes.count <= quoted.end - 2, "quoting never shortens")
        }
    }

    private static let pattern = FuzzTarget(
        "path-pattern",
        seeds: ["Sources/**\nSources/a/b\nSources/a/**", "Docs/**/*.md\n**/*.md\nDocs/a.md", "**\n**/*.swift\na"]
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        let lines = text.split(separator: "\n", maxSplits: 2)
        guard lines.count == 3 else { return }
        do throws(PathPattern.Fault) {
            let (one, two) = (try PathPattern(path: lines[0]), try PathPattern(path: lines[1]))
            let path = ByteString(lines[2])
            require(try PathPattern(path: one.description) == one, "a pattern's own text is that pattern")
            require(one.contains(one), "a pattern contains itself")
            require(one.overlaps(two) == two.overlaps(one), "overlapping is mutual")
            if one.contains(two), two.matches(path) { require(one.matches(path), "the wider pattern matches too") }
            if one.matches(path), two.matches(path) { require(one.overlaps(two), "a common path is an overlap") }
        } catch {
            require(!error.rawValue.isEmpty, "a fault has a reason")
        }
    }

    private static let moment = FuzzTarget(
        "moment",
        seeds: ["2026-11-20T09:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2024-02-29T00:00:00Z"]
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self), let moment = Instant(text) else { return }
        require(moment.description == text, "a moment has one spelling")
    }

    private static let json = FuzzTarget(
        "json",
        seeds: [#"{"schema":"decision/v1","findings":[{"path":{"base64":"/w=="},"used":7}]}"#, #"["\ud834\udd1e",-1]"#]
    ) { bytes in
        do throws(JSONError) {
            _ = try JSONValue(bytes)
        } catch {
            require(error.offset <= bytes.count, "a fault lies within the text")
        }
    }

    private static let envelope = FuzzTarget(
        "dsse-envelope",
        seeds: [
            #"{"payload":"aGVsbG8gd29ybGQ=","payloadType":"t","signatures":[{"keyid":"66301bbf","sig":"A3JqsQ=="}]}"#,
            #"{"payload":"-_8","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AA"}],"x":{"y":[1]}}"#,
        ]
    ) { bytes in
        do throws(DSSEError) {
            let envelope = try DSSEEnvelope(parsing: bytes)
            require(try DSSEEnvelope(parsing: envelope.bytes) == envelope, "an envelope that was read can be written")
            require(
                envelope.signedBytes.suffix(envelope.payload.count).elementsEqual(envelope.payload), "it is covered")
        } catch {
            require(!error.fault.isEmpty, "a fault has a reason")
        }
    }
}
