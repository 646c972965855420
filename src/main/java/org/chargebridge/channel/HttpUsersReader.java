package org.chargebridge.channel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads and checks {@code chargebridge.http-users}. */
final class HttpUsersReader {

    static final String PREFIX = "chargebridge.http-users";

    private final List<SettingProblem> problems;
    private final Set<String> channels;
    private final Map<String, String> seen = new LinkedHashMap<>();

    /** @param channels the names of all channels that are configured, faulty ones too */
    HttpUsersReader(Set<String> channels, List<SettingProblem> problems) {
        this.channels = channels;
        this.problems = problems;
    }

    List<HttpUser> read(Map<String, RawHttpUser> raw) {
        List<HttpUser> users = new ArrayList<>();
        new TreeMap<>(raw).forEach((key, user) -> read(key, user).ifPresent(users::add));
        return users;
    }

    private Optional<HttpUser> read(String key, RawHttpUser raw) {
        Fields fields = new Fields(PREFIX + "." + key, problems);
        String name = fields.text("user", raw.user(), key, 64);
        if (name.contains(":")) {
            fields.wrong("user", name, "holds a colon, which ends the name in HTTP Basic", "Choose a name without it.");
        }
        String hash = fields.matching(
                "password-hash",
                raw.passwordHash(),
                PasswordHash.BCRYPT,
                "is not a bcrypt hash of cost 8 to 14",
                "Write what \"htpasswd -nBC 10 " + key + "\" prints after the colon, in single quotes.");
        String channel =
                fields.required("channel", raw.channel(), "Set the channel in whose name this user asks; one only.");
        if (!channel.isEmpty() && !channels.contains(channel)) {
            fields.wrong(
                    "channel",
                    channel,
                    "is not a channel of chargebridge.channels",
                    "Write one of " + String.join(", ", channels) + ".");
        }
        // Whoever logs in may write the name in any case.
        String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), key);
        if (other != null) {
            fields.wrong(
                    "user", name, "is the user of " + PREFIX + "." + other + " too", "Give each a name of its own.");
        }
        return fields.failed() ? Optional.empty() : Optional.of(new HttpUser(name, hash, channel));
    }
}
