package org.chargebridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.SftpATTRS;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.chargebridge.sftp.ListedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StableFileFilterTest {

    private static final long SECOND = 1_000_000_000L;

    private final List<String> alarms = new ArrayList<>();
    private long now;

    private StableFileFilter<Object> filter(Optional<String> marker) {
        return new StableFileFilter<>(
                new FileNames(".*\\.csv"), marker, SECOND, () -> now, (name, why) -> alarms.add(name + ": " + why));
    }

    private static boolean poll(StableFileFilter<?> filter, String name, long size, long modified) {
        filter.pollBegins();
        return filter.accept(name, size, modified);
    }

    @Test
    void fileIsTakenAtTheSecondPollThatSeesItUnchanged() {
        StableFileFilter<Object> filter = filter(Optional.empty());

        assertThat(poll(filter, "a.csv", 10, 1)).isFalse();
        now += 2 * SECOND;
        assertThat(poll(filter, "a.csv", 10, 1)).isTrue();
        assertThat(poll(filter, "a.csv", 10, 1))
                .as("a failed file is offered again")
                .isTrue();
    }

    @Test
    void growingOrTouchedFileWaits() {
        StableFileFilter<Object> filter = filter(Optional.empty());
        for (int i = 0; i < 10; i++) {
            assertThat(poll(filter, "a.csv", 10 + i, 1)).isFalse();
            now += 2 * SECOND;
        }
        for (int i = 0; i < 10; i++) {
            assertThat(poll(filter, "a.csv", 20, 2 + i)).isFalse();
            now += 2 * SECOND;
        }
    }

    @Test
    void twoPollsAtOnceAreNotProof() {
        StableFileFilter<Object> filter = filter(Optional.empty());

        assertThat(poll(filter, "a.csv", 10, 1)).isFalse();
        now += SECOND / 100;
        assertThat(poll(filter, "a.csv", 10, 1)).isFalse();
        now += SECOND;
        assertThat(poll(filter, "a.csv", 10, 1)).isTrue();
    }

    @Test
    void fileThatWentAwayBeginsAnew() {
        StableFileFilter<Object> filter = filter(Optional.empty());
        poll(filter, "a.csv", 10, 1);
        now += 2 * SECOND;
        filter.pollBegins();
        now += 2 * SECOND;

        assertThat(poll(filter, "a.csv", 10, 1)).isFalse();
    }

    @Test
    void pipeIsPassedOverSinceToOpenItWouldWaitForItsWriter() {
        StableFileFilter<Object> filter = filter(Optional.empty());
        GenericFile<Object> pipe = new GenericFile<>();
        pipe.setFileNameOnly("pipe.csv");
        pipe.setFile(new ListedFile(null, new SftpATTRS() {
            @Override
            public boolean isFifo() {
                return true;
            }
        }));
        for (int i = 0; i < 3; i++) {
            filter.pollBegins();
            assertThat(filter.accept(pipe)).isFalse();
            now += 2 * SECOND;
        }

        assertThat(filter.notTaken()).containsExactly(Map.entry("pipe.csv", "a pipe, socket or device, and no file"));
    }

    @Test
    void dateInTheFutureDoesNotMatter() {
        StableFileFilter<Object> filter = filter(Optional.empty());
        poll(filter, "a.csv", 10, Long.MAX_VALUE);
        now += 2 * SECOND;

        assertThat(poll(filter, "a.csv", 10, Long.MAX_VALUE)).isTrue();
    }

    @Test
    void withMarkersAFileWaitsForItsOwnAndTheMarkerIsNoFile() {
        StableFileFilter<Object> filter = filter(Optional.of(".csv"));
        for (int i = 0; i < 3; i++) {
            now += 2 * SECOND;
            assertThat(poll(filter, "a.csv", 10, 1)).isFalse();
        }
        StableFileFilter<Object> done = filter(Optional.of(".done"));
        poll(done, "a.csv", 10, 1);
        done.accept("b.csv.done", 0, 1);
        now += 2 * SECOND;
        assertThat(poll(done, "a.csv", 10, 1)).isFalse();
        done.accept("a.csv.done", 0, 1);
        assertThat(poll(done, "a.csv", 10, 1)).isTrue();
        assertThat(done.accept("a.csv.done", 0, 1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Faktura åpen 1.csv", "счёт №5.csv", "発票.csv", "a'b;c&d.csv", "errors-x.JSON", "Agreements 2.CSV"
            })
    void anyLettersAndBlanksAreFine(String name) {
        StableFileFilter<Object> filter = filter(Optional.empty());
        poll(filter, name, 10, 1);
        now += 2 * SECOND;

        assertThat(poll(filter, name, 10, 1)).isTrue();
        assertThat(alarms).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".part-a.csv", ".a.csv", "a.pdf", "readme"})
    void namesThatAreNotMeantForUsAreLeftAloneWithoutAnAlarm(String name) {
        StableFileFilter<Object> filter = filter(Optional.empty());
        poll(filter, name, 10, 1);
        now += 2 * SECOND;

        assertThat(poll(filter, name, 10, 1)).isFalse();
        assertThat(alarms).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0007.csv",
                "a\n.csv",
                "a..b.csv",
                "a/b.csv",
                "a\\b.csv",
                "a*.csv",
                "a?.csv",
                "a\u202Evsc.csv",
                "a\uFFFDb.csv"
            })
    void namesThatCannotBeTakenRaiseOneAlarm(String name) {
        StableFileFilter<Object> filter = filter(Optional.empty());
        for (int i = 0; i < 5; i++) {
            now += 2 * SECOND;
            assertThat(poll(filter, name, 10, 1)).isFalse();
        }

        assertThat(alarms).hasSize(1);
        assertThat(alarms.get(0)).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void nameThatIsTooLongRaisesAnAlarm() {
        poll(filter(Optional.empty()), "å".repeat(120) + ".csv", 1, 1);

        assertThat(alarms).singleElement().asString().contains("200 bytes");
    }

    @Test
    void whatIsPassedOverIsNamedWithWhy() {
        StableFileFilter<Object> filter = filter(Optional.of(".ready"));
        for (int poll = 0; poll < 3; poll++) {
            filter.pollBegins();
            filter.accept("notes.doc", 10, 1);
            filter.accept("a..csv", 10, 1);
            filter.accept("growing.csv", 10 + poll, 1);
            filter.accept("lonely.csv", 10, 1);
            filter.accept("good.csv", 10, 1);
            filter.accept("good.csv.ready", 0, 1);
            filter.accept(".part", 10, 1);
            now += 400 * SECOND;
        }

        assertThat(filter.notTaken())
                .containsExactly(
                        Map.entry("a..csv", "it holds .. or a slash"),
                        Map.entry("growing.csv", "it has been growing or changing for more than 10 minutes"),
                        Map.entry("lonely.csv", "its marker lonely.csv.ready does not come"),
                        Map.entry("notes.doc", "its name does not match file-pattern"));
        filter.pollBegins();
        assertThat(filter.notTaken()).isEmpty();
    }
}
