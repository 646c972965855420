package org.chargebridge.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.sftp.ListedFile;

/**
 * Lets a file of one channel through when it is complete: size and time equal those of the previous poll, or its marker
 * lies beside it (MR14). Names that cannot be taken raise one alarm and stay where they are. Whatever lies there and is not
 * taken can be shown with the reason: nobody should wait in vain for a file that is passed over.
 *
 * @param <T> the kind of file on the server
 */
final class StableFileFilter<T> implements GenericFileFilter<T> {

    /**
     * @param sinceNanos since when it is unchanged
     * @param firstNanos when it was first listed
     */
    private record Seen(long size, long modified, long sinceNanos, long firstNanos) {}

    /** A file that is complete is taken at the second poll; one that is still not is told after this. */
    private static final long LONG_NANOS = Duration.ofMinutes(10).toNanos();

    private final FileNames names;
    private final Optional<String> markerSuffix;
    private final long unchangedNanos;
    private final LongSupplier nanoTime;
    private final BiConsumer<String, String> alarm;

    private final Set<String> alarmed = new HashSet<>();
    private Map<String, Seen> previous = new HashMap<>();
    private Map<String, Seen> current = new HashMap<>();
    private Map<String, String> notTaken = new TreeMap<>();

    /**
     * @param unchangedNanos how long a file must at least be unchanged, should two polls follow at once
     * @param nanoTime a monotonic clock
     * @param alarm told once of a name that is refused, and why
     */
    StableFileFilter(
            FileNames names,
            Optional<String> markerSuffix,
            long unchangedNanos,
            LongSupplier nanoTime,
            BiConsumer<String, String> alarm) {
        this.names = names;
        this.markerSuffix = markerSuffix;
        this.unchangedNanos = unchangedNanos;
        this.nanoTime = nanoTime;
        this.alarm = alarm;
    }

    /** The directory is about to be listed again. */
    synchronized void pollBegins() {
        alarmed.retainAll(current.keySet());
        previous = current;
        current = new HashMap<>();
        notTaken = new TreeMap<>();
    }

    @Override
    public synchronized boolean accept(GenericFile<T> file) {
        if (file.isDirectory()) {
            if (!FileNames.isHidden(file.getFileNameOnly())) {
                notTaken.put(file.getFileNameOnly() + "/", "a directory, and what lies in it is not looked at");
            }
            return false;
        }
        if (isLink(file.getFile())) {
            // Size and time would be those of the link, and say nothing of whether its file is complete.
            if (!FileNames.isHidden(file.getFileNameOnly())) {
                notTaken.put(file.getFileNameOnly(), "a symbolic link, and links are not followed");
            }
            return false;
        }
        if (isNoFile(file.getFile())) {
            if (!FileNames.isHidden(file.getFileNameOnly())) {
                notTaken.put(file.getFileNameOnly(), "a pipe, socket or device, and no file");
            }
            return false;
        }
        boolean complete = accept(file.getFileNameOnly(), file.getFileLength(), file.getLastModified());
        if (complete) {
            Killpoint.at("intake.after-list");
        }
        return complete;
    }

    private static boolean isLink(Object file) {
        return file instanceof ListedFile listed && listed.isLink();
    }

    private static boolean isNoFile(Object file) {
        return file instanceof ListedFile listed && listed.isNoFile();
    }

    synchronized boolean accept(String name, long size, long modified) {
        if (FileNames.isHidden(name)) {
            return false;
        }
        long now = nanoTime.getAsLong();
        Seen before = previous.get(name);
        boolean unchanged = before != null && before.size == size && before.modified == modified;
        Seen seen =
                new Seen(size, modified, unchanged ? before.sinceNanos : now, before == null ? now : before.firstNanos);
        current.put(name, seen);
        if (isMarker(name)) {
            return false;
        }
        if (!names.isWanted(name)) {
            notTaken.put(name, "its name does not match file-pattern");
            return false;
        }
        if (isRefused(name)) {
            return false;
        }
        boolean needsMarker = markerSuffix.isPresent() && !FileNames.isAlwaysTaken(name);
        String marker = name + markerSuffix.orElse("");
        boolean complete = needsMarker
                ? unchanged && (previous.containsKey(marker) || current.containsKey(marker))
                : unchanged && now - before.sinceNanos >= unchangedNanos;
        if (!complete && now - seen.firstNanos >= LONG_NANOS) {
            notTaken.put(
                    name,
                    !unchanged
                            ? "it has been growing or changing for more than " + LONG_NANOS / 60_000_000_000L
                                    + " minutes"
                            : "its marker " + marker + " does not come");
        }
        return complete;
    }

    /** What the last poll found and did not take, each with why; names as they can be shown. */
    synchronized Map<String, String> notTaken() {
        Map<String, String> shown = new TreeMap<>();
        notTaken.forEach((name, why) -> shown.put(FileNames.printable(name), why));
        return shown;
    }

    /** Names that lay there at the last poll and cannot be taken, as they can be shown. */
    synchronized Set<String> refusedNames() {
        return alarmed.stream()
                .filter(name -> previous.containsKey(name) || current.containsKey(name))
                .map(FileNames::printable)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isMarker(String name) {
        return markerSuffix.isPresent() && name.endsWith(markerSuffix.get());
    }

    private boolean isRefused(String name) {
        Optional<String> refusal = FileNames.refusal(name).map(OrderOutcome::english);
        if (refusal.isPresent() && alarmed.add(name)) {
            alarm.accept(FileNames.printable(name), refusal.get());
        }
        refusal.ifPresent(why -> notTaken.put(name, why));
        return refusal.isPresent();
    }
}
