import Testing

@testable import RemitApp

/// Words about long work.
@Suite struct ProgressTests {
    private final class Said {
        var lines: [String] = []
    }

    private func said(isWatched: Bool, _ work: (Progress) -> Void) -> [String] {
        let said = Said()
        work(Progress(every: 100, say: { said.lines.append($0) }, isWatched: isWatched) { "\($0) done" })
        return said.lines
    }

    @Test func `a person hears of it now and then, a log never`() {
        let work: (Progress) -> Void = { progress in
            for count in stride(from: 0, to: 350, by: 30) { progress.reach(count) }
        }
        #expect(said(isWatched: true, work) == ["120 done", "240 done"])
        #expect(said(isWatched: false, work) == [])
    }

    @Test func `steps are counted`() {
        #expect(said(isWatched: true) { progress in for _ in 1...201 { progress.step() } } == ["100 done", "200 done"])
    }
}
