package org.chargebridge.sftp;

import com.jcraft.jsch.ChannelSftp.LsEntry;
import com.jcraft.jsch.SftpATTRS;
import org.apache.camel.component.file.remote.SftpRemoteFileJCraft;

/** A name that a server lists, with what it tells of it there or, where it lists names alone, when asked about each. */
public final class ListedFile extends SftpRemoteFileJCraft {

    private final SftpATTRS told;

    public ListedFile(LsEntry entry, SftpATTRS told) {
        super(entry);
        this.told = told;
    }

    @Override
    public boolean isDirectory() {
        return told.isDir();
    }

    public boolean isLink() {
        return told.isLink();
    }

    /** Whether it is known to hold no bytes of its own: a pipe, a socket, a device. To open a pipe waits for its writer. */
    public boolean isNoFile() {
        return told.isFifo() || told.isSock() || told.isChr() || told.isBlk();
    }

    /** In bytes; 0 where the server tells none. */
    @Override
    public long getFileLength() {
        return told.getSize();
    }

    /** Milliseconds since 1970, in whole seconds; 0 where the server tells no time. */
    @Override
    public long getLastModified() {
        return SftpStat.modified(told);
    }
}
