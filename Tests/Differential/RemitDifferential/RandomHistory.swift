import RemitModel
package import RemitTestGit

/// Many commits that look back at each other in every way, with trees that no well-behaved program writes.
///
/// The same seed and the same number of commits give the same ids on every machine.
package struct RandomHistory {
    /// The armoured signature over a commit's bytes.
    package typealias Signer = ([UInt8]) throws -> [UInt8]

    private struct Made {
        let id: ObjectID
        let root: Directory
    }

    /// How many commits go into one pack.
    private static let packLength = 1_000

    package let seed: UInt64
    private var editor: TreeEditor
    private var commits: [Made] = []
    /// Which commits are nobody's parent.
    private var heads: Set<ObjectID> = []
    private let branches: Int
    private let mergesOneIn: Int
    private let liesAboutDates: Bool
    private let sign: Signer?

    /// - Parameter sign: signs a third of the commits. Their ids are the same again only where its signatures are.
    package init(seed: UInt64, sign: Signer? = nil) {
        self.seed = seed
        self.sign = sign
        var random = SplitMix64(seed: seed)
        branches = 1 + random.below(12)
        mergesOneIn = 2 + random.below(8)
        liesAboutDates = random.oneIn(2)
        editor = TreeEditor(random: random)
    }

    /// Makes so many commits in an empty repository, and a ref for each that is nobody's parent.
    package mutating func write(_ count: Int, to repository: TestRepository) throws {
        let storage = ObjectStorage.allCases[Int(seed % UInt64(ObjectStorage.allCases.count))]
        var tips: [Int?] = Array(repeating: nil, count: branches)
        for number in 0..<count {
            let branch = editor.random.below(branches)
            try add(parents(of: tips[branch]), number)
            tips[branch] = number
            let isLast = number == count - 1
            if (number + 1) % Self.packLength == 0 || isLast, let pack = editor.pack.take() {
                try storage.add(pack, isFirst: number < Self.packLength, isLast: isLast, to: repository)
            }
        }
        let refs = heads.sorted().map { "create refs/heads/h-\($0) \($0)\n" }.joined()
        try repository.git(["update-ref", "--stdin"], input: Array(refs.utf8))
        try storage.finish(repository)
    }

    /// None for a beginning, one, two, or many; the other lines' tips as well as what they left long ago.
    private mutating func parents(of tip: Int?) -> [Int] {
        let count = commits.count
        guard count > 0, !editor.random.oneIn(250) else { return [] }
        var parents = [tip == nil || editor.random.oneIn(15) ? recent() : tip ?? 0]
        guard editor.random.oneIn(mergesOneIn) else { return parents }
        let others = editor.random.oneIn(6) ? 2 + editor.random.below(editor.random.oneIn(4) ? 24 : 4) : 1
        for _ in 0..<others {
            let other = editor.random.oneIn(10) ? editor.random.below(count) : recent()
            if !parents.contains(other) { parents.append(other) }
        }
        return parents
    }

    private mutating func recent() -> Int {
        let count = commits.count
        return count - 1 - editor.random.below(min(count, 3 * branches))
    }

    private mutating func add(_ parents: [Int], _ number: Int) throws {
        var root = parents.first.map { commits[$0].root } ?? Directory()
        for parent in parents.dropFirst() { root = editor.mix(root, with: commits[parent].root) }
        switch editor.random.below(150) {
        case 0: root = Directory()
        case 1, 2: root = commits.isEmpty ? root : commits[editor.random.below(commits.count)].root
        default: for _ in 0..<editor.random.below(6) { root = editor.edit(root) }
        }
        let tree = root.write(to: &editor.pack)
        let text = CommitText(
            tree: tree, parents: parents.map { commits[$0].id },
            seconds: HermeticGit.epoch + Int64(number) * 60, liesAboutDates: liesAboutDates, sign: sign)
        let id = editor.pack.add(.commit, try text.bytes(number, &editor.random))
        for parent in parents { heads.remove(commits[parent].id) }
        heads.insert(id)
        commits.append(Made(id: id, root: root))
    }
}
