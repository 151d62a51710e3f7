import RemitPipelines
import Testing

@Suite("a job of a pipeline")
struct PipelineJobTests {
    @Test("takes and deploys nothing until its definition says so")
    func empty() {
        let job = PipelineJob(name: "build", line: 3)
        #expect(job.gate == nil)
        #expect(job.deployments.isEmpty && job.permissions.isEmpty && job.secrets.isEmpty)
    }
}
