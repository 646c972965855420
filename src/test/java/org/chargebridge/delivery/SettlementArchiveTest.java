package org.chargebridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.chargebridge.channel.ChannelBuilder.channel;
import static org.chargebridge.channel.SettlementBuilder.settlement;

import java.nio.file.Files;
import java.util.List;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.Settlement.Format;
import org.chargebridge.ledger.OutboundFile;
import org.junit.jupiter.api.Test;

class SettlementArchiveTest extends DeliveryScenario {

    private static final String INBOX = "settlements/inbox/csv/987654321/123456";
    private static final String ARCHIVE = "settlements/archive/csv/987654321/123456";

    private SettlementArchive archive;

    /** Two settlements that lie in the inbox, and a report that is none of that service's. */
    private void delivered() throws Exception {
        archive = rig.settlementArchive();
        rig.file("demo", OutboundFile.Kind.SETTLEMENT, INBOX, "123456-41.csv", CONTENT);
        rig.file("demo", OutboundFile.Kind.SETTLEMENT, INBOX, "123456-42.csv", new byte[] {42});
        rig.file("demo", OutboundFile.Kind.SETTLEMENT, "demo/in", "settlement-1.csv", new byte[] {1});
        rig.startRoutes();
        untilAllIsDelivered();
    }

    private void untilAllIsDelivered() {
        await().until(() -> rig.files.backlog().isEmpty());
    }

    private void erpRemoves(String path) throws Exception {
        Files.delete(server.file(path));
    }

    private List<String> directoriesOf(String name) {
        return rig.database
                .jdbc()
                .sql("select directory from outbound_file where name = ? order by id")
                .param(name)
                .query(String.class)
                .list();
    }

    @Test
    void whatTheErpRemovedFromTheInboxLiesInTheArchiveFromThenOn() throws Exception {
        delivered();
        erpRemoves(INBOX + "/123456-41.csv");
        erpRemoves("demo/in/settlement-1.csv");

        archive.fill("demo");

        assertThat(directoriesOf("123456-41.csv")).containsExactly(INBOX, ARCHIVE);
        assertThat(directoriesOf("123456-42.csv")).containsExactly(INBOX);
        assertThat(directoriesOf("settlement-1.csv")).containsExactly("demo/in");
        untilAllIsDelivered();
        assertThat(server.file(ARCHIVE + "/123456-41.csv")).hasBinaryContent(CONTENT);
        assertThat(server.names(INBOX)).containsExactly("123456-42.csv");
    }

    @Test
    void whatIsThereOnceIsNotWrittenThereAgain() throws Exception {
        delivered();
        erpRemoves(INBOX + "/123456-41.csv");
        archive.fill("demo");
        untilAllIsDelivered();

        archive.fill("demo");

        assertThat(directoriesOf("123456-41.csv")).containsExactly(INBOX, ARCHIVE);
    }

    @Test
    void aDirectoryThatIsNotThereIsNotTakenForOneWhereAllWasRemoved() throws Exception {
        delivered();
        Files.move(server.file("settlements"), server.file("elsewhere"));

        archive.fill("demo");

        assertThat(directoriesOf("123456-41.csv")).containsExactly(INBOX);
    }

    @Test
    void aServerThatDoesNotAnswerIsNotTakenForOneWhereAllWasRemoved() throws Exception {
        delivered();
        server.stop();

        assertThatThrownBy(() -> archive.fill("demo")).hasMessageContaining("cannot be reached");

        assertThat(directoriesOf("123456-41.csv")).containsExactly(INBOX);
    }

    @Test
    void onlyChannelsThatWriteTheDirectoriesOfThatServiceAreLookedAt() {
        Channel with = channel()
                .name("with")
                .settlement(settlement().retiredTree(Format.PORTAL_CSV).build())
                .build();
        Channel without =
                channel().name("without").settlement(settlement().build()).build();
        Channels channels = new Channels(List.of(with, without, channel().build()), List.of());

        assertThat(new SettlementArchive(null, channels, null, null).channels()).containsExactly("with");
    }
}
