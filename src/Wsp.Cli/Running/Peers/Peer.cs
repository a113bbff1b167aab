using Wsp.Spi;

namespace Wsp.Cli.Running.Peers;

/// <summary>A party outside the provider, at the other end of one connection.</summary>
internal abstract class Peer : IDisposable
{
    private const int ChunkSize = 65536;

    private readonly Lock _reading = new();
    private long _total;
    private bool _isPattern = true;
    private string? _end;

    /// <summary>Where it listens.</summary>
    public SockAddr Address { get; protected set; }

    /// <summary>All bytes it has read.</summary>
    public long Total => _total;

    /// <summary>Whether all it has read was the pattern, from its beginning and without a gap.</summary>
    public bool IsPattern => _isPattern;

    public abstract void Listen();

    /// <summary>Takes the connection that has come to it.</summary>
    public abstract void Accept();

    public abstract void Connect(SockAddr address);

    public abstract void Send(byte[] data);

    /// <summary>Ends its side in good order: a FIN.</summary>
    public abstract void Finish();

    /// <summary>Ends the connection at once: an RST.</summary>
    public abstract void Reset();

    public abstract void Dispose();

    /// <summary>Reads exactly so many bytes, or fewer when the connection ends.</summary>
    public byte[] Read(int count)
    {
        byte[] buffer = new byte[count];
        lock (_reading)
        {
            int done = 0;
            while (done < count && _end is null)
                done += Take(buffer.AsMemory(done));
            return buffer[..done];
        }
    }

    /// <summary>Reads until the end, little by little.</summary>
    /// <param name="step">The bytes at a time.</param>
    /// <param name="pause">Waits between two reads.</param>
    public void ReadSlowly(int step, Action pause)
    {
        byte[] buffer = new byte[step];
        lock (_reading)
        {
            while (_end is null)
            {
                Take(buffer);
                pause();
            }
        }
    }

    /// <summary>Waits for the end of the connection; what nobody has read is read and counted.</summary>
    /// <returns><c>fin</c> or <c>reset</c>.</returns>
    public string WaitForEnd()
    {
        byte[] buffer = new byte[ChunkSize];
        lock (_reading)
        {
            while (_end is null)
                Take(buffer);
            return _end;
        }
    }

    /// <summary>Receives what there is, at least one byte.</summary>
    /// <returns>The number of bytes, 0 for the end of the stream, -1 for a reset.</returns>
    protected abstract int Receive(Memory<byte> buffer);

    private int Take(Memory<byte> buffer)
    {
        int count = Receive(buffer);
        if (count <= 0)
        {
            _end = count == 0 ? "fin" : "reset";
            return 0;
        }

        _isPattern &= Pattern.Matches(_total, buffer.Span[..count]);
        Interlocked.Add(ref _total, count);
        return count;
    }
}
