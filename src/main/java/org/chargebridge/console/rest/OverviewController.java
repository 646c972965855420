package org.chargebridge.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chargebridge.console.Overview;
import org.chargebridge.ledger.MoneyByState;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /operator/overview}. */
@RestController
@RequestMapping("/operator/overview")
@Tag(name = "overview", description = "Today at a glance")
class OverviewController {

    /** Today at a glance. */
    record Today(List<Overview.ChannelToday> channels, List<Overview.Told> alarms, List<Overview.Part> parts) {}

    private final Overview overview;

    OverviewController(Overview overview) {
        this.overview = overview;
    }

    @GetMapping
    @Operation(summary = "Tells how each channel stands, what a person must know, and which parts are well")
    Today show() {
        return new Today(overview.channels(), overview.alarms(Locale.ENGLISH), overview.parts());
    }

    @GetMapping("/money")
    @Operation(summary = "Sums by currency and state what came in files of the last 35 days, in minor units")
    Map<String, List<MoneyByState.Sum>> money() {
        return overview.money();
    }
}
