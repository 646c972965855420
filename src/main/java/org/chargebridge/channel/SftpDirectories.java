package org.chargebridge.channel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Channels that log in as the same user keep out of each other's directories. */
final class SftpDirectories {

    private SftpDirectories() {}

    static void check(List<Channel> channels, List<SettingProblem> problems) {
        Map<String, String> read = new TreeMap<>();
        for (Channel channel : channels) {
            String other = read.putIfAbsent(place(channel, channel.sftp().outDirectory()), channel.name());
            if (other != null) {
                problems.add(SettingProblem.wrong(
                        setting(channel, "sftp.out-directory"),
                        channel.sftp().outDirectory(),
                        "is read by channel " + other + " too",
                        "Give each channel a directory of its own."));
            }
        }
        Map<String, String> trees = new TreeMap<>();
        for (Channel channel : channels) {
            checkReports(channel, read, problems);
            checkRetiredTree(channel, trees, problems);
        }
    }

    /** Errors files are taken whatever the channel's pattern: another company's must not be read as invoices. */
    private static void checkReports(Channel channel, Map<String, String> read, List<SettingProblem> problems) {
        String in = channel.sftp().inDirectory();
        for (String written : List.of(in, in + "/info")) {
            Optional.ofNullable(read.get(place(channel, written)))
                    .ifPresent(reader -> problems.add(SettingProblem.wrong(
                            setting(channel, "sftp.in-directory"),
                            in,
                            "is read by channel " + reader + ", whose out-directory is " + written
                                    + ": reports would be read as invoices",
                            "Give each a directory of its own.")));
        }
    }

    /** Files there are named by sales unit and settlement number alone, below the user's home. */
    private static void checkRetiredTree(Channel channel, Map<String, String> trees, List<SettingProblem> problems) {
        if (channel.settlement().map(Settlement::retiredTree).orElse(List.of()).isEmpty()) {
            return;
        }
        String other = trees.putIfAbsent(place(channel, channel.msn()), channel.name());
        if (other != null) {
            problems.add(SettingProblem.wrong(
                    setting(channel, "settlement.retired-tree"),
                    channel.settlement().orElseThrow().retiredTree().toString(),
                    "writes the same files as channel " + other
                            + ", which has the same sales unit and logs in as the same user",
                    "Set it for one of the two, or give each a user of its own."));
        }
    }

    private static String place(Channel channel, String directory) {
        Channel.Sftp sftp = channel.sftp();
        return sftp.host() + ":" + sftp.port() + " " + sftp.user() + " " + directory;
    }

    private static String setting(Channel channel, String name) {
        return "chargebridge.channels." + channel.name() + "." + name;
    }
}
