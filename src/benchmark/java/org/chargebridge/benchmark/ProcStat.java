package org.chargebridge.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What Linux tells of a process in {@code /proc}: processor time and memory. On other systems it is not measured. */
final class ProcStat {

    private static final Path PROC = Path.of("/proc");
    /** USER_HZ, the same on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int PARENT = 1;
    private static final int USER_TIME = 11;
    private static final int CHILDREN_SYSTEM_TIME = 14;

    private ProcStat() {}

    /** The largest resident memory so far, in MiB. */
    static OptionalLong peakMemory(long pid) {
        try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst();
        } catch (IOException notLinux) {
            return OptionalLong.empty();
        }
    }

    /** Seconds of processor time of a process and of its children, ended ones included. */
    static OptionalDouble processorSeconds(long pid) {
        if (!Files.isDirectory(PROC.resolve(Long.toString(pid)))) {
            return OptionalDouble.empty();
        }
        long ticks = ticks(pid);
        for (long child : children(pid)) {
            ticks += ticks(child);
        }
        return OptionalDouble.of(ticks / TICKS_PER_SECOND);
    }

    private static List<Long> children(long pid) {
        List<Long> children = new ArrayList<>();
        ProcessHandle.of(pid).ifPresent(process -> process.children().forEach(child -> children.add(child.pid())));
        return children;
    }

    private static long ticks(long pid) {
        String[] fields = fields(pid);
        long ticks = 0;
        for (int i = USER_TIME; i < fields.length && i <= CHILDREN_SYSTEM_TIME; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks;
    }

    /** The fields after the command's name, which may hold blanks. */
    private static String[] fields(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields.length > PARENT ? fields : new String[0];
        } catch (IOException ended) {
            return new String[0];
        }
    }
}
