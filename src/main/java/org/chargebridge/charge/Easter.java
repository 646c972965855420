package org.chargebridge.charge;

import java.time.LocalDate;

/** Easter Sunday, and how many days the feasts that move with it lie from it. */
final class Easter {

    static final int MAUNDY_THURSDAY = -3;
    static final int GOOD_FRIDAY = -2;
    static final int EASTER_MONDAY = 1;
    static final int ASCENSION = 39;
    static final int DAY_AFTER_ASCENSION = 40;
    static final int WHIT_MONDAY = 50;

    private Easter() {}

    /** By the rule of the Gregorian calendar, in the form that Meeus gives it. */
    static LocalDate sunday(int year) {
        int golden = year % 19;
        int century = year / 100;
        int yearOfCentury = year % 100;
        int correction = (century - (century + 8) / 25 + 1) / 3;
        int epact = (19 * golden + century - century / 4 - correction + 15) % 30;
        int weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7;
        int late = (golden + 11 * epact + 22 * weekday) / 451;
        int day = epact + weekday - 7 * late + 114;
        return LocalDate.of(year, day / 31, day % 31 + 1);
    }
}
