package org.chargebridge.route;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.Registry;
import org.chargebridge.channel.Channel;
import org.chargebridge.intake.ChannelPoll;
import org.chargebridge.intake.ChannelPolls;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * What a channel gives a route template, by the template's parameter names. Secrets, host keys and beans are given as
 * references ({@code #name}), so that no endpoint's address ever shows a secret.
 */
@Component
class ChannelParameters {

    /** Given only where the channel has them. */
    static final Set<String> OPTIONAL = Set.of("password", "privateKeyFile", "privateKeyPassphrase", "knownHosts");

    private static final int SSH_PORT = 22;

    private final ChannelPolls polls;
    private final boolean demo;

    ChannelParameters(ChannelPolls polls, Environment environment) {
        this.polls = polls;
        this.demo = environment.acceptsProfiles(Profiles.of("demo"));
    }

    Map<String, Object> of(Channel channel, Registry registry) {
        Channel.Sftp sftp = channel.sftp();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("channel", channel.name());
        parameters.put("zone", channel.zone().getId());
        parameters.put("host", sftp.host());
        parameters.put("port", sftp.port());
        parameters.put("user", sftp.user());
        parameters.put("outDirectory", sftp.outDirectory());
        parameters.put("inDirectory", sftp.inDirectory());
        parameters.put("pollCron", pollCron(channel));
        parameters.put("autoCreate", demo);
        putLogin(channel, registry, parameters);
        putHostKey(channel, registry, parameters);
        ChannelPoll poll = polls.of(channel.name());
        parameters.put("poll", bound(registry, "poll", channel, poll));
        parameters.put("filter", bound(registry, "filter", channel, poll.filter()));
        parameters.put("archive", bound(registry, "archive", channel, poll.archive()));
        return parameters;
    }

    private static void putLogin(Channel channel, Registry registry, Map<String, Object> parameters) {
        Channel.Sftp sftp = channel.sftp();
        sftp.password()
                .ifPresent(password -> parameters.put("password", bound(registry, "password", channel, password)));
        sftp.privateKeyFile().ifPresent(file -> parameters.put("privateKeyFile", file.toString()));
        sftp.privateKeyPassphrase()
                .ifPresent(passphrase ->
                        parameters.put("privateKeyPassphrase", bound(registry, "passphrase", channel, passphrase)));
        parameters.put(
                "authentication",
                sftp.privateKeyFile().isEmpty()
                        ? "password,keyboard-interactive"
                        : sftp.password().isEmpty() ? "publickey" : "publickey,password,keyboard-interactive");
    }

    /** Without a key to compare only in the demo, whose own server made its key a moment ago. */
    private static void putHostKey(Channel channel, Registry registry, Map<String, Object> parameters) {
        Channel.Sftp sftp = channel.sftp();
        boolean pinned = !sftp.hostKey().isEmpty();
        parameters.put("strictHostKeyChecking", pinned ? "yes" : "no");
        if (pinned) {
            String host = sftp.port() == SSH_PORT ? sftp.host() : "[" + sftp.host() + "]:" + sftp.port();
            byte[] line = (host + " " + sftp.hostKey() + "\n").getBytes(StandardCharsets.UTF_8);
            parameters.put("knownHosts", bound(registry, "known-hosts", channel, line));
        }
    }

    private static String bound(Registry registry, String what, Channel channel, Object value) {
        String name = what + "-" + channel.name();
        registry.bind(name, value);
        return "#bean:" + name;
    }

    /** Spread over the interval by the channel's name, so that not all channels poll at the same second. */
    static String pollCron(Channel channel) {
        int interval = channel.sftp().pollIntervalSeconds();
        int offset = Math.floorMod(channel.name().hashCode(), interval);
        if (interval < 60) {
            return offset + "/" + interval + " * * * * ?";
        }
        int minutes = interval / 60;
        if (minutes < 60) {
            return offset % 60 + " " + offset / 60 + "/" + minutes + " * * * ?";
        }
        return offset % 60 + " " + offset / 60 + " * * * ?";
    }
}
