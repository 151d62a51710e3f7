/// What a pipeline of Azure's takes from outside of the repository.
enum AzureSecrets {
    /// Variable groups, in which secrets are kept.
    static func groups(_ variables: YAMLNode?) -> Set<String> {
        Set((variables?.items ?? []).compactMap { $0.text("group").map { "the variable group \($0)" } })
    }

    /// Inputs of tasks that name a service connection.
    private static let inputs: Set<String> = [
        "azuresubscription", "connectedservicename", "connectedservicenamearm", "azureresourcemanagerconnection",
        "kubernetesserviceconnection", "kubernetesserviceendpoint", "containerregistry", "dockerregistryendpoint",
        "serviceconnection", "publishvstsfeed", "externalendpoint", "publishexternalfeed", "awscredentials",
        "sshendpoint", "githubconnection", "azuresubscriptionendpoint", "customendpoint",
    ]

    static func connections(_ node: YAMLNode) -> Set<String> {
        var found: Set<String> = []
        gather(node, &found)
        return found
    }

    private static func gather(_ node: YAMLNode, _ found: inout Set<String>) {
        for item in node.items ?? [] { gather(item, &found) }
        for pair in node.pairs ?? [] {
            if inputs.contains(pair.key.lowercased()), let name = pair.value.text, !name.isEmpty {
                found.insert("the service connection \(name)")
            }
            gather(pair.value, &found)
        }
    }
}
