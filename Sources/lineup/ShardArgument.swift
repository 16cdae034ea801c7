import ArgumentParser
import Foundation
import Learn

/// A task's share of a job array as an option: "3/16", or "16" alone where the engine's own variable tells the index.
package struct ShardArgument: ExpressibleByArgument {
    /// Where Slurm, AWS Batch and Kubernetes tell a task of an array its index, from 0 where the array is numbered so.
    package static let variables = ["SLURM_ARRAY_TASK_ID", "AWS_BATCH_JOB_ARRAY_INDEX", "JOB_COMPLETION_INDEX"]

    package let index: Int?
    package let count: Int

    package init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        switch parts.count {
        case 1:
            guard let count = parts[0], count > 0 else { return nil }
            index = nil
            self.count = count
        case 2:
            guard let first = parts[0], let second = parts[1], let shard = Shard(index: first, of: second) else { return nil }
            self.index = shard.index
            self.count = shard.count
        default: return nil
        }
    }

    /// The share, its index from the environment where the argument has none.
    /// - Throws: `ValidationError` where no variable tells an index from 0 to `count - 1`.
    package func resolved(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Shard {
        if let index, let shard = Shard(index: index, of: count) { return shard }
        guard let variable = Self.variables.first(where: { environment[$0] != nil }), let value = environment[variable] else {
            throw ValidationError(
                "--shard \(count) takes its index from \(Self.variables.joined(separator: ", ")), none of which is set; give it: --shard 0/\(count)"
            )
        }
        guard let index = Int(value), let shard = Shard(index: index, of: count) else {
            throw ValidationError(
                "\(variable) is \(value), not an index from 0 to \(count - 1): number the array from 0, or give --shard i/\(count)")
        }
        return shard
    }

    static func help(_ work: String) -> ArgumentHelp {
        ArgumentHelp(
            "Do one share of the \(work), as task i of a job array of n, i from 0; with n alone, i is the engine's own variable (\(variables.joined(separator: ", "))).",
            valueName: "i/n")
    }
}
