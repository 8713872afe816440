using NewsMonitor.Tests.Peers;

namespace NewsMonitor.Tests.Contract;

/// <summary>One emulator for the tests of one class.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    public Azurite Azurite { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Azurite = await Azurite.StartAsync();

    public ValueTask DisposeAsync() => Azurite.DisposeAsync();
}
