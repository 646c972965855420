package org.chargebridge.console.rest;

import java.util.Collection;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Tells whoever asked for a misspelt channel so, who would take an empty list for a good sign. */
@Component
class NamedChannel {

    private final Channels channels;

    NamedChannel(Channels channels) {
        this.channels = channels;
    }

    /**
     * What was found of a channel that is configured no longer is shown all the same.
     *
     * @throws ResponseStatusException 404 where nothing was found and no such channel is configured
     */
    void check(Optional<String> asked, Collection<?> found) {
        if (found.isEmpty() && asked.filter(name -> !channels.has(name)).isPresent()) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND,
                    "There is no such channel. These are configured: " + String.join(", ", channels.names()) + ".");
        }
    }
}
