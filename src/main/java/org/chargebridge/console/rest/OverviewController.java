package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.chargebridge.console.Overview;
import org.chargebridge.ledger.ChannelStandings;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /operator/overview}. */
@RestController
@RequestMapping("/operator/overview")
@Tag(name = "overview", description = "Today at a glance")
class OverviewController {

    /** Today at a glance. */
    record Today(List<ChannelStandings.Standing> channels) {}

    private final Overview overview;

    OverviewController(Overview overview) {
        this.overview = overview;
    }

    @GetMapping
    @Operation(summary = "Tells of each channel its last file, what waits and what needs a person")
    Today show() {
        return new Today(overview.channels());
    }
}
