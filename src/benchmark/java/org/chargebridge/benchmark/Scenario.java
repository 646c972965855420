package org.chargebridge.benchmark;

import java.util.List;

/** One thing that is measured, by itself. */
interface Scenario {

    /** As it is named on the command line. */
    String name();

    /** Measures it; throws where what was measured is not what was asked for. */
    List<Measure> run(World world, Options options);
}
