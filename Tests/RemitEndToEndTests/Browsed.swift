import Foundation
import RemitTestSupport
import Testing

/// What a browser made of a page: Chromium without a window, see `Tests/Scripts/browse.py`.
struct Browsed: Decodable {
    struct Width: Decodable {
        /// In pixels: of the window, and of what is in it.
        let window: Int
        let page: Int
        /// What reaches over the edge.
        let wide: [String]
    }

    struct Contrast: Decodable {
        let least: Double
        /// Texts with less than WCAG demands.
        let found: [String]
        let ground: String
    }

    /// Every text that can be seen once all details are open.
    let text: String
    let headings: [Int]
    let landmarks: [String]
    /// Ids that several elements have, fragments that lead nowhere, and links that leave the page.
    let twice: [String]
    let broken: [String]
    let elsewhere: [String]
    /// Where the document differs from the source as Python's parser reads it.
    let differences: [[String?]]
    let elements: Int
    let widths: [String: Width]
    let contrast: [String: Contrast]
    let requests: [String]
    let opened: Int
    let console: [String]
    let issues: [String]

    /// Opens pages, one after another; with REMIT_SCREENSHOTS set, keeps pictures of them in that directory.
    static func open(_ pages: [String], in directory: TemporaryDirectory) throws -> [Browsed] {
        let shots = ProcessInfo.processInfo.environment["REMIT_SCREENSHOTS"]
        let script = "\(HTMLScripts.directory)/browse.py"
        let output = try spawn(
            ["python3", script] + (shots.map { ["--screenshots", $0] } ?? []) + pages,
            environment: HermeticGit.environment(home: directory.path), directory: directory.path)
        guard output.status == 0 else {
            throw CommandFailure(command: ["browse.py"], status: output.status, stderr: output.errorText)
        }
        return try output.lines.map { try JSONDecoder().decode(Browsed.self, from: Data($0.utf8)) }
    }

    /// What must hold of every page of ours, whatever stands on it.
    func expectSound(linksTo addresses: [String] = [], at location: SourceLocation = #_sourceLocation) {
        #expect(requests == [] && opened == 1, sourceLocation: location)
        #expect(console == [] && issues == [], sourceLocation: location)
        #expect(differences.isEmpty && elements > 50, "\(differences)", sourceLocation: location)
        #expect(twice == [] && broken == [], sourceLocation: location)
        #expect(elsewhere == addresses, sourceLocation: location)
        #expect(landmarks == ["header", "main", "footer"], sourceLocation: location)
        // The first heading is the page's, and none is more than one level below the one before it.
        #expect(headings.first == 1 && headings.dropFirst().allSatisfy { $0 > 1 }, sourceLocation: location)
        #expect(zip(headings, headings.dropFirst()).allSatisfy { $1 <= $0 + 1 }, sourceLocation: location)
        #expect(Set(widths.keys) == ["390", "1280"], sourceLocation: location)
        for (name, width) in widths {
            #expect(width.page <= width.window && width.wide == [], "\(name): \(width)", sourceLocation: location)
        }
        #expect(Set(contrast.values.map(\.ground)).count == 2, "light and dark", sourceLocation: location)
        for (scheme, contrast) in contrast {
            #expect(contrast.found == [] && contrast.least >= 4.5, "\(scheme)", sourceLocation: location)
        }
    }
}

/// Where the scripts of the tests lie.
enum HTMLScripts {
    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Scripts").path
}
