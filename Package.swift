// swift-tools-version: 6.2
import PackageDescription

/// Set by `make fuzz` alone: libFuzzer's counters in every module of ours, and the program that feeds the parsers.
let isFuzzing = Context.environment["REMIT_FUZZ"] != nil

/// Set by `make static` alone: a `remit-hook` that is one file and needs nothing of the machine that it runs on.
let isStatic = Context.environment["REMIT_STATIC"] != nil

// Every target of ours is built in the same strict way. Dependencies keep their own settings.
let strict: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer", "-enable-testing"])] : [])

/// One module of the house.
///
/// Its dependency list is the whole list of arrows that leave it.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "remit",
    products: [
        .executable(name: "remit", targets: ["remit"]),
        .executable(name: "remit-hook", targets: ["remit-hook"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        module("RemitModel", []),
        module("RemitFormats", ["RemitModel", "TOMLKit"]),
        module(
            "RemitSignatures",
            ["RemitModel", "RemitFormats", crypto, .product(name: "CryptoExtras", package: "swift-crypto")]),
        module("RemitAuthority", ["RemitModel", "RemitFormats", "RemitSignatures"]),
        module("RemitAttribution", ["RemitModel", "RemitFormats"]),
        module("RemitRules", ["RemitModel", "RemitAuthority"]),
        module("RemitGit", ["RemitModel", "RemitFormats", "CLibgit2"]),
        module("RemitLedger", ["RemitModel", "CSQLite", crypto]),
        module("RemitHosts", ["RemitModel", "RemitFormats"]),
        module("RemitPipelines", ["RemitModel", "RemitFormats", "CYAML"]),
        module("RemitTokens", ["RemitModel", "RemitFormats", crypto, .product(name: "JWTKit", package: "jwt-kit")]),
        module("RemitReport", ["RemitModel"]),
        module("RemitEvidence", ["RemitModel", "RemitFormats", "RemitLedger", "RemitReport"]),
        module("RemitCollection", ["RemitModel", "RemitLedger", "RemitEvidence", "CPostgreSQL"]),
        module(
            "RemitGate",
            [
                "RemitModel", "RemitFormats", "RemitSignatures", "RemitAuthority", "RemitAttribution", "RemitRules",
                "RemitGit", "RemitLedger", "RemitHosts", "RemitPipelines", "RemitReport", "RemitEvidence",
            ]),
        module(
            "RemitApp",
            [
                "RemitModel", "RemitFormats", "RemitSignatures", "RemitAuthority", "RemitAttribution", "RemitRules",
                "RemitGit", "RemitLedger", "RemitHosts", "RemitPipelines", "RemitTokens", "RemitReport",
                "RemitEvidence", "RemitCollection", "RemitGate",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "remit", dependencies: ["RemitApp"], swiftSettings: strict),
        .executableTarget(name: "remit-hook", dependencies: ["RemitGate"], swiftSettings: strict),
        .target(
            name: "RemitTestGit", dependencies: ["RemitModel"], path: "Tests/RemitTestGit", swiftSettings: strict),
        .target(
            name: "RemitTestSupport",
            dependencies: [
                "RemitTestGit", "RemitModel", "RemitFormats", "RemitSignatures", "RemitLedger", "RemitEvidence",
                "RemitGate", crypto, .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            path: "Tests/RemitTestSupport", swiftSettings: strict),
        .target(
            name: "RemitMeasurement",
            dependencies: ["RemitModel", "RemitFormats", "RemitSignatures", "RemitAttribution"],
            path: "Tests/Attribution/RemitMeasurement", swiftSettings: strict),
        .executableTarget(
            name: "measure-attribution",
            dependencies: ["RemitModel", "RemitMeasurement", "RemitGit"],
            path: "Tests/Attribution/MeasureAttribution", swiftSettings: strict),
        .target(
            name: "RemitDifferential",
            dependencies: ["RemitModel", "RemitFormats", "RemitGit", "RemitTestGit", crypto],
            path: "Tests/Differential/RemitDifferential", swiftSettings: strict),
        .executableTarget(
            name: "remit-differential", dependencies: ["RemitDifferential"], path: "Tests/Differential/Program",
            swiftSettings: strict),
        tests("RemitModelTests", ["RemitModel", "RemitTestSupport"]),
        tests("RemitFormatsTests", ["RemitFormats", "RemitModel", "RemitTestSupport"]),
        tests("RemitSignaturesTests", ["RemitSignatures", "RemitModel", "RemitFormats", "RemitTestSupport"]),
        tests(
            "RemitAuthorityTests",
            ["RemitAuthority", "RemitModel", "RemitFormats", "RemitSignatures", "RemitTestSupport"]),
        tests(
            "RemitAttributionTests",
            [
                "RemitAttribution", "RemitModel", "RemitFormats", "RemitSignatures", "RemitMeasurement",
                "RemitTestSupport",
            ]),
        tests("RemitRulesTests", ["RemitRules", "RemitModel", "RemitAuthority", "RemitTestSupport"]),
        tests("RemitGitTests", ["RemitGit", "RemitModel", "RemitFormats", "RemitDifferential", "RemitTestSupport"]),
        tests("RemitLedgerTests", ["RemitLedger", "RemitModel", "RemitTestSupport", "CSQLite"]),
        tests(
            "RemitEvidenceTests",
            ["RemitEvidence", "RemitModel", "RemitFormats", "RemitLedger", "RemitReport", "RemitTestSupport"]),
        tests(
            "RemitCollectionTests",
            ["RemitCollection", "RemitModel", "RemitLedger", "RemitEvidence", "RemitReport", "RemitTestSupport"]),
        tests("RemitHostsTests", ["RemitHosts", "RemitModel", "RemitFormats", "RemitTestSupport"]),
        tests("RemitPipelinesTests", ["RemitPipelines", "RemitModel", "RemitFormats", "RemitTestSupport"]),
        tests(
            "RemitTokensTests",
            [
                "RemitTokens", "RemitModel", "RemitFormats", "RemitTestSupport", crypto,
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]),
        tests("RemitReportTests", ["RemitReport", "RemitModel", "RemitPipelines", "RemitTestSupport"]),
        tests(
            "RemitGateTests",
            [
                "RemitGate", "RemitModel", "RemitFormats", "RemitAuthority", "RemitGit", "RemitLedger", "RemitReport",
                "RemitRules", "RemitEvidence", "RemitDifferential", "RemitTestSupport",
            ]),
        tests(
            "RemitAppTests",
            [
                "RemitApp", "RemitModel", "RemitFormats", "RemitSignatures", "RemitAuthority", "RemitAttribution",
                "RemitLedger", "RemitEvidence", "RemitGate", "RemitHosts", "RemitTestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        tests(
            "RemitEndToEndTests",
            [
                "RemitGate", "RemitModel", "RemitFormats", "RemitAuthority", "RemitGit", "RemitLedger", "RemitReport",
                "RemitRules", "RemitEvidence", "RemitCollection",
                "RemitSignatures", "RemitTestSupport", crypto,
            ]),
        tests(
            "RemitServersTests",
            ["RemitModel", "RemitFormats", "RemitLedger", "RemitEvidence", "RemitTestSupport"]),
    ]
)

if isFuzzing {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
        .executableTarget(
            name: "remit-fuzz",
            dependencies: [
                "RemitModel", "RemitFormats", "RemitAttribution", "RemitGit", "RemitLedger", "RemitHosts",
                "RemitPipelines", "RemitTokens", "CLibFuzzer",
            ],
            path: "Tests/Fuzz/RemitFuzz", swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]),
    ]
}

if isStatic {
    for target in package.targets where target.name == "remit-hook" {
        target.dependencies.append("CStandalone")
        // lld looks into archives in any order; these are what libgit2.a needs of others.
        target.linkerSettings = [
            .unsafeFlags([
                "-static-executable", "-use-ld=lld", "-Xlinker", "--gc-sections", "-Xlinker", "-s",
                // No table for finding fast who catches what C++ throws: that is bad TOML, once in a process.
                "-Xlinker", "--no-eh-frame-hdr",
                // What the list of its parts is made from.
                "-Xlinker", "-Map=\(Context.packageDirectory)/.build/static/remit-hook.map",
            ]),
            .linkedLibrary("mbedcrypto"), .linkedLibrary("http_parser"), .linkedLibrary("pcre2-8"),
            .linkedLibrary("z"),
        ]
    }
    package.targets.append(.target(name: "CStandalone"))
}
