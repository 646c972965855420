package org.chargebridge.console.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chargebridge.console.Overview;
import org.chargebridge.ledger.MoneyByState;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Today at a glance. */
@Controller
class TodayPage {

    /**
     * A bar of the plot.
     *
     * @param perMille how long it is, of the longest of its currency
     */
    public record Bar(String state, long lines, BigDecimal sumMinor, int perMille) {}

    private final Overview overview;

    TodayPage(Overview overview) {
        this.overview = overview;
    }

    @GetMapping("/")
    String show(Model model, Locale language) {
        model.addAttribute("channels", overview.channels());
        model.addAttribute("alarms", overview.alarms(language));
        model.addAttribute("parts", overview.parts());
        return "today";
    }

    /** Counts every charge of some weeks, so the page is shown first. */
    @GetMapping("/today/money")
    String money(Model model) {
        Map<String, List<Bar>> bars = new LinkedHashMap<>();
        overview.money().forEach((currency, sums) -> {
            List<Bar> ofCurrency = new ArrayList<>();
            for (MoneyByState.Sum sum : sums) {
                ofCurrency.add(
                        new Bar(sum.state(), sum.lines(), sum.sumMinor(), Overview.perMille(sum.sumMinor(), sums)));
            }
            bars.put(currency, ofCurrency);
        });
        model.addAttribute("money", bars);
        return "today-money";
    }
}
