package normlab.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A piece of a file as a channel of its own, for an archive that lies within an archive. Closing it leaves the file open. */
final class ChannelWindow implements SeekableByteChannel {
    private final FileChannel file;
    private final long from;
    private final long size;
    private long position;
    private boolean open = true;

    ChannelWindow(FileChannel file, long from, long size) {
        this.file = file;
        this.from = from;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position >= size) {
            return -1;
        }
        ByteBuffer limited = target.duplicate();
        limited.limit((int) Math.min(target.limit(), target.position() + size - position));
        int read = file.read(limited, from + position);
        if (read > 0) {
            target.position(target.position() + read);
            position += read;
        }
        return read;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
