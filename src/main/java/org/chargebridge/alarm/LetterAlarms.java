package org.chargebridge.alarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chargebridge.charge.OneLine;
import org.chargebridge.ledger.Alarm.Finding;
import org.chargebridge.ledger.Alarm.Kind;
import org.chargebridge.ledger.AlarmFacts;
import org.springframework.stereotype.Component;

/** What waits for a person: files each by itself, instructions by channel and reason, routes that cannot go on. */
@Component
class LetterAlarms implements AlarmSource {

    private final AlarmFacts facts;

    LetterAlarms(AlarmFacts facts) {
        this.facts = facts;
    }

    @Override
    public List<Finding> holding() {
        List<Finding> holding = new ArrayList<>();
        for (AlarmFacts.File file : facts.files()) {
            Kind kind = file.held() ? Kind.FILE_HELD : Kind.FILE_REFUSED;
            holding.add(Finding.of(kind, String.valueOf(file.id()), OneLine.marked(file.name()), file.channel())
                    .at(file.channel())
                    .named(file.name())
                    .with(file.amount())
                    .because(file.reason()));
        }
        for (AlarmFacts.Letters letters : facts.letters()) {
            String kind = letters.kind().toLowerCase(Locale.ROOT);
            Finding found = Finding.of(
                            Kind.DEAD_LETTERS,
                            letters.channel() + "/" + kind + "/" + letters.reasonCode(),
                            letters.count(),
                            letters.channel(),
                            letters.reasonCode())
                    .with(letters.amount());
            holding.add(letters.channel().isEmpty() ? found : found.at(letters.channel()));
        }
        for (AlarmFacts.Route route : facts.routes()) {
            Finding found = Finding.of(Kind.ROUTE_FAILS, route.route(), route.route());
            holding.add(route.channel().map(found::at).orElse(found));
        }
        return holding;
    }
}
