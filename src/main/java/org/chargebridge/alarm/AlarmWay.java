package org.chargebridge.alarm;

import java.util.List;
import org.chargebridge.ledger.AlarmNotices.Notice;
import org.chargebridge.ledger.AlarmNotices.Way;

/** One way to people. */
interface AlarmWay {

    Way way();

    boolean isSet();

    /**
     * Tells all of it in one message.
     *
     * @throws AlarmNotTold if it did not reach its receiver, or may not have
     */
    void tell(List<Notice> notices) throws AlarmNotTold;
}
