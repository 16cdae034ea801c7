import Testing
import lineup

@Suite struct ShardArgumentTests {
    @Test(arguments: ["", "/", "1/", "/4", "4/4", "-1/4", "1/0", "0", "-3", "a/b", "1/2/3", "1.5/3"])
    func whatIsNoShareIsRefused(text: String) {
        #expect(ShardArgument(argument: text) == nil)
    }

    @Test func theIndexIsGivenOrTheEngines() throws {
        #expect(try ShardArgument(argument: "3/16")?.resolved(environment: ["SLURM_ARRAY_TASK_ID": "5"]).description == "3/16")
        for variable in ["SLURM_ARRAY_TASK_ID", "AWS_BATCH_JOB_ARRAY_INDEX", "JOB_COMPLETION_INDEX"] {
            #expect(try ShardArgument(argument: "16")?.resolved(environment: [variable: "5"]).description == "5/16")
            for wrong in ["16", "-1", "x", ""] {
                #expect(throws: (any Error).self) { try ShardArgument(argument: "16")?.resolved(environment: [variable: wrong]) }
            }
        }
        #expect(throws: (any Error).self) { try ShardArgument(argument: "16")?.resolved(environment: [:]) }
    }
}
