package org.chargebridge.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/**
 * Kills for hours: {@code ./mvnw verify -Pcrash -Dhours=8 -Dseed=42}. It goes on where a campaign of the same seed was
 * interrupted; {@code -Dchapter=<n>} plays one chapter of it alone.
 */
class CrashCampaign {

    private static final Path HOME = Path.of("target", "crash");
    private static final long SEED = Long.getLong("seed", 20261121L);
    private static final double HOURS = Double.parseDouble(System.getProperty("hours", "1"));
    private static final Optional<Integer> ONE_CHAPTER = Optional.ofNullable(Integer.getInteger("chapter"));

    @Test
    void nothingIsLostAndNobodyIsChargedTwiceHoweverOftenItIsKilled() throws Exception {
        Files.createDirectories(HOME);
        Installation installation = prepared();
        Campaign campaign = Campaign.resume(HOME, SEED);
        Progress.say("campaign " + campaign.summary());
        Duration all = Duration.ofMillis(Math.round(HOURS * 3_600_000));
        do {
            int number = ONE_CHAPTER.orElse(campaign.chapter());
            Instant started = Instant.now();
            Chapter played = play(installation, campaign, number);
            if (ONE_CHAPTER.isPresent()) {
                return;
            }
            campaign.completed(played, Duration.between(started, Instant.now()));
            Progress.say(campaign.summary());
        } while (campaign.spent().compareTo(all) < 0);
    }

    private static Chapter play(Installation installation, Campaign campaign, int number) throws Exception {
        Path home = HOME.resolve("chapter-" + number);
        FileSystemUtils.deleteRecursively(home);
        Progress.say("chapter " + number + " of seed " + SEED);
        try {
            Chapter played = Chapter.play(home, installation, SEED, number);
            FileSystemUtils.deleteRecursively(home);
            return played;
        } catch (AssertionError failure) {
            Progress.say("FAILED. What is left of it: " + home.toAbsolutePath() + ". Again with: ./mvnw verify -Pcrash"
                    + " -Dseed=" + SEED + " -Dchapter=" + number);
            Progress.say("until then " + campaign.summary());
            throw failure;
        }
    }

    /** The first stop writes the class data that all later starts share. */
    private static Installation prepared() throws Exception {
        Installation installation = Installation.in(HOME.resolve("installation"));
        FileSystemUtils.deleteRecursively(HOME.resolve("preparation"));
        try (World world = new World(
                HOME.resolve("preparation"),
                installation,
                Instant.parse("2026-11-02T07:00:00Z"),
                new Policies(true, true))) {
            Gateway gateway = world.gateway("one");
            gateway.start(Optional.empty()).awaitReady();
            gateway.stop();
        }
        return installation;
    }
}
