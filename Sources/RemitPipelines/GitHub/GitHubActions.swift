/// What is known of actions of the world by their names alone.
enum GitHubActions {
    /// Actions that put something where others use it.
    private static let deploying: Set<String> = [
        "docker/build-push-action", "peaceiris/actions-gh-pages", "jamesives/github-pages-deploy-action",
        "softprops/action-gh-release", "ncipollo/release-action", "goreleaser/goreleaser-action",
        "changesets/action", "azure/webapps-deploy", "azure/k8s-deploy", "azure/functions-action", "azure/arm-deploy",
        "aws-actions/amazon-ecs-deploy-task-definition", "aws-actions/aws-cloudformation-github-deploy",
        "google-github-actions/deploy-cloudrun", "google-github-actions/deploy-appengine",
        "cloudflare/wrangler-action", "cloudflare/pages-action", "superfly/flyctl-actions",
        "amondnet/vercel-action", "nwtgck/actions-netlify", "appleboy/ssh-action", "appleboy/scp-action",
        "w9jds/firebase-action", "firebaseextended/action-hosting-deploy", "hashicorp/tfc-workflows-github",
        "svenstaro/upload-release-action", "google-github-actions/release-please-action",
        "googleapis/release-please-action", "snapcore/action-publish",
    ]
    /// Actions that only bring the tree.
    private static let preparing: Set<String> = ["actions/checkout"]
    /// Actions that keep logs and caches.
    private static let harmless: Set<String> = ["actions/upload-artifact", "actions/cache", "actions/cache/save"]

    /// `owner/name/path` of `owner/name/path@ref`, in small letters; hosts other than GitHub name a whole URL.
    static func name(of uses: String) -> String {
        var name = (uses.split(separator: "@").first.map(String.init) ?? uses).lowercased()
        for scheme in ["https://", "http://"] where name.hasPrefix(scheme) {
            name = name.dropFirst(scheme.count).split(separator: "/").dropFirst().joined(separator: "/")
        }
        return name
    }

    static func isPreparing(_ name: String) -> Bool { preparing.contains(name) }
    static func isHarmless(_ name: String) -> Bool { harmless.contains(name) || preparing.contains(name) }

    static func deploys(_ name: String, with inputs: YAMLNode?) -> Bool {
        if name == "docker/build-push-action" {
            return inputs?["push"].map { $0.boolean(.core) != false } ?? (inputs?["outputs"] != nil)
        }
        if name == "goreleaser/goreleaser-action" {
            return inputs?.text("args").map { $0.contains("release") && !$0.contains("--snapshot") } ?? true
        }
        if name.hasPrefix("actions/") { return name == "actions/deploy-pages" || name == "actions/create-release" }
        return deploying.contains(name) || DeployingWords.occur(in: String(name.split(separator: "/").last ?? ""))
    }

    /// Whether an action or workflow is one of this project's templates, by where it lies in its repository.
    ///
    /// Whose repository it is, nobody can tell from here; the host pins that.
    static func isTemplate(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count >= 4 && parts[1] == "remit" && parts[2] == "ci-templates" && parts[3] == "github"
    }
}
