package org.chargebridge.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.Answer;
import org.chargebridge.console.DryRuns;
import org.chargebridge.console.Files;
import org.chargebridge.console.SentBytes;
import org.chargebridge.ledger.FileEnquiries;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The files that came: listed, looked into, downloaded, and tried before they are sent. */
@Controller
class FilesPage {

    private static final int FILES = 50;
    private static final int LINES = 100;

    private final Files files;
    private final DryRuns dryRuns;
    private final Channels channels;

    FilesPage(Files files, DryRuns dryRuns, Channels channels) {
        this.files = files;
        this.dryRuns = dryRuns;
        this.channels = channels;
    }

    @ModelAttribute
    void choices(Model model) {
        model.addAttribute("channels", channels.names());
        model.addAttribute("states", Arrays.asList(InboundFile.State.values()));
        model.addAttribute("answers", Arrays.asList(Answer.values()));
        model.addAttribute("sizeMax", dryRuns.sizeMax().toMegabytes());
    }

    @GetMapping("/files")
    String list(
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String name,
            @RequestParam Optional<InboundFile.State> state,
            @RequestParam Optional<Long> before,
            Model model) {
        FileEnquiries.Filter filter = new FileEnquiries.Filter(given(channel), given(name), state, before);
        model.addAttribute("channel", channel);
        model.addAttribute("name", name);
        model.addAttribute("state", state.map(Enum::name).orElse(""));
        model.addAttribute("listed", files.list(filter, FILES));
        return "files";
    }

    @GetMapping("/files/{id}")
    String show(
            @PathVariable long id,
            @RequestParam Optional<Answer> answer,
            @RequestParam(defaultValue = "0") int after,
            Model model,
            HttpServletResponse response)
            throws IOException {
        Optional<Files.Details> details = files.details(id);
        if (details.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return null;
        }
        model.addAttribute("details", details.get());
        model.addAttribute("answer", answer.map(Enum::name).orElse(""));
        model.addAttribute("lines", files.lines(id, answer, after, LINES));
        return "file";
    }

    @GetMapping("/files/{id}/content")
    void content(@PathVariable long id, Authentication login, HttpServletResponse response) throws IOException {
        SentBytes.send(files.original(Actor.of(login), id), response);
    }

    @GetMapping("/files/outbound/{id}/content")
    void outbound(@PathVariable long id, Authentication login, HttpServletResponse response) throws IOException {
        SentBytes.send(files.outbound(Actor.of(login), id), response);
    }

    @GetMapping("/files/dry-run")
    String tryFile() {
        return "dryrun";
    }

    /** Shows what the file would do at once: nothing of it is kept that could be shown later. */
    @PostMapping("/files/dry-run")
    @Allowed.ToThoseWhoDecide
    String dryRun(@RequestParam String channel, @RequestParam("file") MultipartFile file, Model model)
            throws IOException {
        try (InputStream content = file.getInputStream()) {
            String name = Optional.ofNullable(file.getOriginalFilename()).orElse("");
            DryRuns.Tried tried = dryRuns.run(channel, name, file.getSize(), content, LINES);
            model.addAttribute("channel", channel);
            if (tried.forecast().isPresent()) {
                model.addAttribute("forecast", tried.forecast().get());
            } else {
                model.addAttribute("notice", tried.result().outcome().in(LocaleContextHolder.getLocale()));
                model.addAttribute("noticeKind", "bad");
            }
        }
        return "dryrun";
    }

    private static Optional<String> given(String text) {
        return Optional.of(text.strip()).filter(value -> !value.isEmpty());
    }
}
