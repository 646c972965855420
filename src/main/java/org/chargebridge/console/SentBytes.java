package org.chargebridge.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** A download as an HTTP answer: to be kept as a file, never to be shown as a page, whatever is in it. */
public final class SentBytes {

    private SentBytes() {}

    /** @param download empty for one that there is none of: answered with 404 */
    public static void send(Optional<Files.Download> download, HttpServletResponse response) throws IOException {
        if (download.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String name = download.get().name().replaceAll("[\\p{Cc}/\\\\\"]", "_");
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
        download.get().content().writeTo(response.getOutputStream());
    }
}
