using NewsMonitor.Topics;

namespace NewsMonitor.Cli.Matching;

/// <summary>Matches inputs from the first to the last.</summary>
/// <param name="workers">How many threads match.</param>
internal sealed class MatchRun(TopicRules rules, bool json, BlockSizes sizes, int workers)
{
    /// <returns>0; 1 when something could not be read, which is told.</returns>
    /// <exception cref="MonitorException">The output cannot be written.</exception>
    public async Task<int> RunAsync(IReadOnlyList<string> files, Stream input, Stream output, TextWriter problems, CancellationToken cancel)
    {
        int code = ExitCode.Success;
        // One is read, one is written, and some wait, so that nobody has to.
        var pool = new BlockPool((2 * workers) + 2, sizes);
        var blocks = new MatchInput(files is [] ? ["-"] : files, input, pool);
        var pipeline = new MatchPipeline(pool, workers, () => new BlockMatcher(rules, json ? new JsonMatches() : new PlainMatches()), Write);
        try
        {
            await pipeline.RunAsync(blocks.Read, cancel);
        }
        catch (IOException e) when (StandardOutput.IsClosed(e))
        {
            // Whoever reads has seen enough.
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await problems.WriteLineAsync("monitor: stopped before the end; the output is not complete.");
            code = ExitCode.Failure;
        }

        return code;

        void Write(ArticleBlock block)
        {
            try
            {
                output.Write(block.Output.WrittenSpan);
            }
            catch (IOException e) when (!StandardOutput.IsClosed(e))
            {
                throw new MonitorException($"cannot write the output: {e.Message}", e);
            }

            if (block.Problems.Length == 0)
                return;
            problems.Write(block.Problems);
            code = ExitCode.Failure;
        }
    }
}
