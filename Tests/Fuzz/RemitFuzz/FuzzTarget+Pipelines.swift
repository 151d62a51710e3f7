import RemitModel
import RemitPipelines

extension FuzzTarget {
    static let pipelines = [yaml]

    private static let yaml = FuzzTarget(
        "yaml",
        seeds: [
            "on: [push]\njobs:\n  build: &b {needs: [a, 'b'], run: |\n    make\n}\n  c: *b\n",
            "a: &a {x: 1}\nb:\n  <<: [*a]\n  y: !reference [.a, script]\n---\n? k\n: >-\n  folded\n",
            "a: &a [1]\nb: &b [*a, *a]\nc: [*b, *b]\n", "\"\\u263a\": !!str 'it''s'\n", "{a: {b: [c, d: e]}}",
        ]
    ) { bytes in
        do throws(PipelineError) {
            let documents = try YAMLReader.documents(bytes, file: "f")
            require(documents.map(size).reduce(0, +) <= YAMLLimits.nodes, "a tree is bounded")
            require(documents.allSatisfy { depth($0) <= YAMLLimits.depth }, "a tree is shallow")
        } catch {
            require(error.line.map { $0 >= 1 } != false, "lines are counted from one")
            require(!error.reason.isEmpty, "a fault has a reason")
        }
    }

    private static func children(_ node: YAMLNode) -> [YAMLNode] {
        node.items ?? node.pairs?.map(\.value) ?? []
    }

    private static func size(_ node: YAMLNode) -> Int { children(node).map(size).reduce(1, +) }

    private static func depth(_ node: YAMLNode) -> Int { 1 + (children(node).map(depth).max() ?? 0) }
}
