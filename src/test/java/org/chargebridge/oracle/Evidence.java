package org.chargebridge.oracle;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the traces of a run lie.
 *
 * @param dropped a folder for each channel with every file as it was dropped, named {@code <number>-<name>} in the order
 *     of their arrival
 * @param simulatorLog the simulator's append-only log
 * @param gatewayLogs what all gateway processes printed
 * @param people what people did, as they wrote it down
 * @param secrets what no log line may hold: keys, passwords
 */
public record Evidence(
        Path dropped,
        Path simulatorLog,
        List<Exchange> channels,
        List<Path> gatewayLogs,
        People people,
        List<String> secrets) {

    public Evidence {
        channels = List.copyOf(channels);
        gatewayLogs = List.copyOf(gatewayLogs);
        secrets = List.copyOf(secrets);
    }

    /**
     * One channel's directories on its server: the ERP writes into {@code out}, and the answers lie in {@code in}.
     *
     * @param approvesRefunds whether every refund waits until a person approves it
     */
    public record Exchange(String channel, Path out, Path in, boolean approvesRefunds) {}

    /**
     * What people wrote down; none of the files need exist.
     *
     * @param decisions about what waited for them, with the columns {@code subject} (an approval or a letter with its
     *     number), {@code file} (the first eight of its SHA-256) and {@code position} of the line, {@code order} ({@code
     *     approve} or {@code refuse} a refund, {@code redrive} or {@code discard} a held line) and {@code answer} (the HTTP
     *     status, {@code none} where the gateway died, or {@code seen} where it was seen later to be carried out)
     * @param orders what became of decisions about many letters, as it was shown in the end, with the columns {@code order},
     *     {@code state}, {@code total}, {@code done} and {@code failed}
     * @param led where customers were led, with the columns {@code address} (that a receipt gave out) and {@code agreement}
     */
    public record People(Path decisions, Path orders, Path led) {}
}
