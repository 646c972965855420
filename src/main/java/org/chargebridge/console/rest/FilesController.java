package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.chargebridge.charge.Answer;
import org.chargebridge.console.DryRuns;
import org.chargebridge.console.Files;
import org.chargebridge.console.Listed;
import org.chargebridge.console.SentBytes;
import org.chargebridge.ledger.FileEnquiries;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.lang.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** {@code /operator/files}. */
@RestController
@RequestMapping("/operator/files")
@Tag(name = "files", description = "The files that came, their lines, their bytes, and what went back for them")
class FilesController {

    private static final String UNKNOWN = "There is no such file. Look for it under /operator/files.";

    private final Files files;
    private final DryRuns dryRuns;
    private final NamedChannel named;

    FilesController(Files files, DryRuns dryRuns, NamedChannel named) {
        this.files = files;
        this.dryRuns = dryRuns;
        this.named = named;
    }

    @GetMapping
    @Operation(summary = "Lists files, newest first; next goes into before")
    Listed<FileView, Long> list(
            @RequestParam Optional<String> channel,
            @RequestParam Optional<String> name,
            @RequestParam Optional<InboundFile.State> state,
            @RequestParam Optional<Long> before,
            @RequestParam(required = false) @Nullable Integer limit) {
        Listed<FileView, Long> found = files.list(
                        new FileEnquiries.Filter(channel, name, state, before), Paged.size(limit))
                .map(FileView::of);
        named.check(channel, found.items());
        return found;
    }

    @GetMapping("/{id}")
    @Operation(summary = "Tells how a file was answered, when it came, and what went back for it")
    ResponseEntity<Object> show(@PathVariable long id) {
        return files.details(id)
                .<ResponseEntity<Object>>map(details -> ResponseEntity.ok(FileView.Full.of(details)))
                .orElseGet(() -> Answers.problem(HttpStatus.NOT_FOUND, UNKNOWN));
    }

    @GetMapping("/{id}/lines")
    @Operation(summary = "Lists a file's lines with their state now, in its order; next goes into after")
    ResponseEntity<Object> lines(
            @PathVariable long id,
            @RequestParam Optional<Answer> answer,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(required = false) @Nullable Integer limit) {
        return ResponseEntity.ok(
                files.lines(id, answer, after, Paged.size(limit)).map(LineView::of));
    }

    @GetMapping("/{id}/content")
    @Operation(summary = "Gives a file's bytes as they came; the audit trail keeps that they were taken")
    ResponseEntity<Object> content(@PathVariable long id, Authentication login, HttpServletResponse response)
            throws IOException {
        return sent(files.original(Actor.of(login), id), response);
    }

    @GetMapping("/outbound/{id}/content")
    @Operation(summary = "Gives the bytes of a file that went back; the audit trail keeps that they were taken")
    ResponseEntity<Object> outbound(@PathVariable long id, Authentication login, HttpServletResponse response)
            throws IOException {
        return sent(files.outbound(Actor.of(login), id), response);
    }

    @PostMapping(path = "/dry-run", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Allowed.ToThoseWhoDecide
    @Operation(summary = "Tells what a file would do, without recording or sending anything")
    ResponseEntity<Object> dryRun(
            @RequestParam String channel,
            @RequestPart("file") MultipartFile file,
            @RequestParam(required = false) @Nullable Integer limit)
            throws IOException {
        try (InputStream content = file.getInputStream()) {
            String name = Optional.ofNullable(file.getOriginalFilename()).orElse("");
            return told(dryRuns.run(channel, name, file.getSize(), content, Paged.size(limit)));
        }
    }

    @PostMapping(path = "/dry-run", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Allowed.ToThoseWhoDecide
    @Operation(summary = "The same with the bytes alone as the body, and the name as a parameter")
    ResponseEntity<Object> dryRunOfBytes(
            @RequestParam String channel,
            @RequestParam String name,
            @RequestParam(required = false) @Nullable Integer limit,
            HttpServletRequest request)
            throws IOException {
        if (request.getContentLengthLong() < 0) {
            return Answers.problem(HttpStatus.LENGTH_REQUIRED, "Send the file with its length, not in chunks.");
        }
        return told(dryRuns.run(
                channel, name, request.getContentLengthLong(), request.getInputStream(), Paged.size(limit)));
    }

    private static ResponseEntity<Object> sent(Optional<Files.Download> download, HttpServletResponse response)
            throws IOException {
        if (download.isEmpty()) {
            return Answers.problem(
                    HttpStatus.NOT_FOUND,
                    "There is no such file, or its bytes are kept no longer. Look for it under /operator/files.");
        }
        SentBytes.send(download, response);
        return null;
    }

    private static ResponseEntity<Object> told(DryRuns.Tried tried) {
        return tried.forecast()
                .<ResponseEntity<Object>>map(forecast -> ResponseEntity.ok(FileView.Tried.of(forecast)))
                .orElseGet(() -> Answers.of(tried.result()));
    }
}
