package org.chargebridge.crash;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** How far a campaign of one seed is, kept in a file after every chapter so that it goes on after an interruption. */
final class Campaign {

    private static final String HITS = "hits.";

    private final Path file;
    private final long seed;
    private final Map<String, Integer> hits = new TreeMap<>();
    private int chapter;
    private int kills;
    private Duration spent = Duration.ZERO;

    private Campaign(Path file, long seed) {
        this.file = file;
        this.seed = seed;
    }

    /** Goes on where the campaign of this seed was, or begins it. */
    static Campaign resume(Path directory, long seed) {
        Campaign campaign = new Campaign(directory.resolve("campaign-" + seed + ".properties"), seed);
        if (Files.exists(campaign.file)) {
            Properties state = new Properties();
            try (Reader reader = Files.newBufferedReader(campaign.file)) {
                state.load(reader);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            campaign.chapter = Integer.parseInt(state.getProperty("chapter"));
            campaign.kills = Integer.parseInt(state.getProperty("kills"));
            campaign.spent = Duration.parse(state.getProperty("spent"));
            state.stringPropertyNames().stream()
                    .filter(name -> name.startsWith(HITS))
                    .forEach(name -> campaign.hits.put(
                            name.substring(HITS.length()), Integer.parseInt(state.getProperty(name))));
        }
        return campaign;
    }

    /** A chapter came to its end and was judged sound. */
    void completed(Chapter done, Duration took) {
        chapter++;
        kills += done.kills();
        spent = spent.plus(took);
        done.hits().forEach((point, count) -> hits.merge(point, count, Integer::sum));
        Properties state = new Properties();
        state.setProperty("chapter", Integer.toString(chapter));
        state.setProperty("kills", Integer.toString(kills));
        state.setProperty("spent", spent.toString());
        hits.forEach((point, count) -> state.setProperty(HITS + point, Integer.toString(count)));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (Writer writer = Files.newBufferedWriter(fresh)) {
            state.store(writer, "A crash campaign; delete the file to begin anew");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    long seed() {
        return seed;
    }

    /** The number of the chapter to play next, from 0. */
    int chapter() {
        return chapter;
    }

    Duration spent() {
        return spent;
    }

    String summary() {
        return "seed %d: %d chapters, %d kills in %d min, %d of %d points hit %s"
                .formatted(
                        seed,
                        chapter,
                        kills,
                        spent.toMinutes(),
                        hits.size(),
                        Killpoints.all().size(),
                        hits);
    }
}
