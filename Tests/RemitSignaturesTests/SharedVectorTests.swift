import Foundation
import RemitFormats
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// The project's vectors, each with what Remit should say to it.
@Suite struct SharedVectorTests {
    struct File: Decodable {
        let vectors: [Vector]
    }

    struct Vector: Decodable, CustomTestStringConvertible {
        let name: String
        let key: String
        let namespace: String
        let message_hex: String
        let armored: String
        let recommended_accept: Bool

        var testDescription: String { name }
    }

    static let vectors: [Vector] = {
        do {
            guard let path = sharedData("sshsig-vectors.json") else { return [] }
            return try JSONDecoder().decode(File.self, from: Data(readFile(path))).vectors
        } catch {
            Issue.record(error)
            return []
        }
    }()

    @Test(.enabled(if: sharedData("sshsig-vectors.json") != nil))
    func `the file holds the twenty cases`() {
        #expect(Self.vectors.count == 20)
        #expect(Self.vectors.count(where: \.recommended_accept) == 8)
    }

    @Test(arguments: vectors)
    func `each vector is answered as recommended`(vector: Vector) throws {
        let message = try #require(Hex.decode(vector.message_hex.utf8))
        let expected = try SSHPublicKey(line: vector.key)
        let answer = Result {
            try SSHSignature(armoured: Array(vector.armored.utf8))
                .verify(message: message, namespace: vector.namespace)
        }
        switch answer {
        case .success(let signer): #expect(vector.recommended_accept && signer.key == expected)
        case .failure(let error): #expect(!vector.recommended_accept, "\(error)")
        }
    }
}
