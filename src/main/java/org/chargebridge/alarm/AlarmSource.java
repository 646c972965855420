package org.chargebridge.alarm;

import java.util.List;
import org.chargebridge.ledger.Alarm.Finding;

/** Knows of one thing that can be wrong. A bean of this type is all that a new alarm needs. */
public interface AlarmSource {

    /** All that is wrong now: what is new in the list is raised, what is gone from it is over. Cheap, and without effect. */
    List<Finding> holding();

    /** Whether this node alone knows it, so that another node's answer does not end it. */
    default boolean isOfThisNode() {
        return false;
    }
}
