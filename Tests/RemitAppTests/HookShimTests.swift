import RemitHosts
import RemitTestSupport
import Testing

@testable import RemitApp

/// The scripts that git runs, as `hooks/` holds them and as `remit install` writes them.
@Suite struct HookShimTests {
    @Test(arguments: HookName.allCases, [false, true])
    func `a file of hooks is what is written, of at most 15 lines, and known for ours`(
        _ hook: HookName, isChained: Bool
    ) throws {
        let name = hook.rawValue + (isChained ? "-chained" : "")
        let text = String(decoding: try readFile("\(repositoryRoot())/hooks/\(name)"), as: UTF8.self)
        let shim = HookShim(hook, program: HookShim.defaultProgram, isChained: isChained)
        #expect(shim.text == text)
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 16)
        let read = try #require(HookShim(Array(text.utf8), of: hook))
        #expect(read.program == HookShim.defaultProgram)
        #expect(read.isChained == isChained && !read.isEarlier)
        // The file of one hook is not that of another, nor is one with another line.
        for other in HookName.allCases where other != hook {
            #expect(HookShim(Array(text.utf8), of: other) == nil)
        }
        #expect(HookShim(Array((text + "exit 0\n").utf8), of: hook) == nil)
    }

    @Test(arguments: [HookName.preReceive, .postReceive])
    func `a file of hooks for all repositories is the same, and names their settings`(_ hook: HookName) throws {
        let bytes = try readFile("\(repositoryRoot())/hooks/site/\(hook.rawValue)")
        let shim = HookShim(hook, program: HookShim.defaultProgram, isChained: false, site: "/etc/remit/config")
        #expect(shim.text == String(decoding: bytes, as: UTF8.self))
        let read = try #require(HookShim(bytes, of: hook))
        #expect(read.site == "/etc/remit/config" && !read.isEarlier)
        // Nothing else may hide behind the option.
        let odd = shim.text.replacing("config'\n", with: "config' || exit 0\n")
        #expect(odd != shim.text)
        #expect(HookShim(Array(odd.utf8), of: hook) == nil)
    }

    @Test func `a file of an earlier release is known for ours, where there was one`() throws {
        for isChained in [false, true] {
            for hook in [HookName.preReceive, .postReceive] {
                let shim = HookShim(hook, program: "/a b/remit-hook", isChained: isChained)
                let earlier = try #require(shim.earlierText)
                let read = try #require(HookShim(Array(earlier.utf8), of: hook))
                #expect(read.isEarlier && read.isChained == isChained && read.program == "/a b/remit-hook")
                #expect(read.text == shim.text)
            }
            for hook in [HookName.update, .referenceTransaction] {
                #expect(HookShim(hook, program: "/x", isChained: isChained).earlierText == nil)
            }
        }
    }
}
