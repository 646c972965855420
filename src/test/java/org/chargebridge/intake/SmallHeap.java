package org.chargebridge.intake;

import java.nio.file.Files;
import java.nio.file.Path;
import org.chargebridge.channel.ChannelBuilder;
import org.postgresql.ds.PGSimpleDataSource;

/** A Java process of its own that takes one file into a ledger; its heap is what its starter gives it. */
final class SmallHeap {

    private SmallHeap() {}

    /** @param arguments JDBC address of the ledger, and the file */
    public static void main(String[] arguments) throws Exception {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(arguments[0]);
        dataSource.setUser("postgres");
        Path file = Path.of(arguments[1]);
        try (IntakeRig rig =
                new IntakeRig(dataSource, () -> {}, ChannelBuilder.channel().build())) {
            rig.receive("demo", file.getFileName().toString(), Files.readAllBytes(file));
        }
    }
}
