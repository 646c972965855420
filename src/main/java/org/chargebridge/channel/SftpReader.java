package org.chargebridge.channel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks {@code chargebridge.channels.<name>.sftp}. */
final class SftpReader {

    private static final int POLL_SECONDS = 30;

    private final Fields fields;
    private final RawChannel.RawSftp raw;
    private final boolean hostKeyRequired;

    SftpReader(Fields fields, RawChannel.RawSftp raw, boolean hostKeyRequired) {
        this.fields = fields;
        this.raw = raw;
        this.hostKeyRequired = hostKeyRequired;
    }

    Channel.Sftp read() {
        String host = fields.required("sftp.host", raw.host(), "Set the name of the SFTP server the ERP writes to.");
        if (!host.matches("[A-Za-z0-9.:\\[\\]_-]*")) {
            fields.wrong("sftp.host", host, "is not a host name", "Write the name only, without sftp:// and port.");
        }
        String out = directory("sftp.out-directory", raw.outDirectory(), "out");
        String in = directory("sftp.in-directory", raw.inDirectory(), "in");
        if (out.equals(in)) {
            fields.wrong(
                    "sftp.in-directory",
                    in,
                    "is the same as sftp.out-directory: reports would be read as invoices",
                    "Give each a directory of its own.");
        }
        Optional<Path> keyFile = keyFile();
        Optional<String> password = Fields.given(raw.password());
        if (password.isEmpty() && Fields.given(raw.privateKeyFile()).isEmpty()) {
            fields.missing("sftp.password", "Set it, or sftp.private-key-file.");
        }
        return new Channel.Sftp(
                host,
                fields.number("sftp.port", raw.port(), 22, 1, 65_535, "The usual port is 22."),
                fields.required("sftp.user", raw.user(), "Set the user to log in with."),
                password,
                keyFile,
                Fields.given(raw.privateKeyPassphrase()),
                hostKey(host),
                out,
                in,
                pollSeconds());
    }

    private String directory(String key, String value, String otherwise) {
        String text = fields.text(key, value, otherwise, 200);
        if (!text.matches("[^/\\\\].*") || ("/" + text + "/").contains("/../") || text.contains("\\")) {
            fields.wrong(
                    key,
                    text,
                    "must be a directory below the user's home, without a leading slash and without ..",
                    "Write it like " + otherwise + " or company/" + otherwise + ".");
        }
        // Written in one way, so that the same directory is seen to be the same.
        String plain = Pattern.compile("/+")
                .splitAsStream(text)
                .filter(name -> !name.equals("."))
                .collect(Collectors.joining("/"));
        return plain.isEmpty() ? "." : plain;
    }

    private Optional<Path> keyFile() {
        Optional<Path> file = Fields.given(raw.privateKeyFile()).map(Path::of);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            fields.wrong(
                    "sftp.private-key-file",
                    raw.privateKeyFile(),
                    "cannot be read",
                    "Set the path of the private key and let this user read it.");
        }
        return file;
    }

    private String hostKey(String host) {
        boolean usualPort = Fields.given(raw.port()).orElse("22").equals("22");
        String remedy = "Set what \"ssh-keyscan " + (usualPort ? "" : "-p " + raw.port() + " ")
                + (host.isEmpty() ? "<host>" : host)
                + "\" prints after the host, for example \"ssh-ed25519 AAAA...\", and compare its fingerprint with the"
                + " server's owner.";
        Optional<String> key = Fields.given(raw.hostKey());
        if (key.isEmpty() && hostKeyRequired) {
            fields.missing("sftp.host-key", remedy);
        }
        key.filter(text -> !HostKey.isValid(text))
                .ifPresent(text -> fields.wrong("sftp.host-key", text, "is not a host key", remedy));
        return key.orElse("");
    }

    private int pollSeconds() {
        String remedy = "Write a time that divides a minute, an hour or a day: 2s, 10s, 30s, 1m, 5m, 15m, 1h.";
        Optional<Optional<Integer>> seconds = fields.parsed(
                "sftp.poll-interval", raw.pollInterval(), PollInterval::seconds, "is not a duration", remedy);
        if (seconds.isPresent() && seconds.get().isEmpty()) {
            fields.wrong("sftp.poll-interval", raw.pollInterval(), "cannot be kept by a schedule", remedy);
        }
        return seconds.flatMap(value -> value).orElse(POLL_SECONDS);
    }
}
