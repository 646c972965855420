package org.chargebridge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** The arrows between the rooms: one way, never sideways, never to the simulator. */
@AnalyzeClasses(packages = "org.chargebridge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.chargebridge.";

    private static String[] rooms(String... names) {
        String[] packages = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            packages[i] = ROOT + names[i] + "..";
        }
        return packages;
    }

    private static ArchRule mayUse(String room, String... others) {
        String[] own = rooms(room);
        return noClasses()
                .that()
                .resideInAnyPackage(own)
                .should()
                .dependOnClassesThat(describe(
                        "are of another room than " + String.join(", ", others),
                        (JavaClass type) -> resideInAPackage(ROOT + "*..").test(type)
                                && !resideInAnyPackage(own).test(type)
                                && !resideInAPackage(ROOT + "killpoint..").test(type)
                                && !resideInAnyPackage(rooms(others)).test(type)));
    }

    /** Every room may be killed. */
    @ArchTest
    static final ArchRule KILLPOINT_IMPORTS_NOTHING = mayUse("killpoint");

    @ArchTest
    static final ArchRule CHARGE_IMPORTS_NOTHING = mayUse("charge");

    @ArchTest
    static final ArchRule SFTP_IMPORTS_NOTHING = mayUse("sftp");

    @ArchTest
    static final ArchRule CHANNEL = mayUse("channel", "charge");

    @ArchTest
    static final ArchRule LEDGER = mayUse("ledger", "charge");

    @ArchTest
    static final ArchRule RECURRING = mayUse("recurring", "charge", "channel");

    @ArchTest
    static final ArchRule AGREEMENT = mayUse("agreement", "charge", "channel", "ledger", "recurring");

    @ArchTest
    static final ArchRule METRICS = mayUse("metrics", "charge", "channel", "ledger");

    @ArchTest
    static final ArchRule TRACING = mayUse("tracing", "charge", "channel", "ledger");

    @ArchTest
    static final ArchRule ALARM = mayUse("alarm", "charge", "channel", "ledger");

    @ArchTest
    static final ArchRule INTAKE = mayUse("intake", "charge", "channel", "ledger", "agreement", "sftp", "alarm");

    @ArchTest
    static final ArchRule SUBMISSION = mayUse("submission", "charge", "channel", "ledger", "recurring");

    @ArchTest
    static final ArchRule TRACKING = mayUse("tracking", "charge", "channel", "ledger", "recurring", "alarm");

    @ArchTest
    static final ArchRule OPERATION = mayUse("operation", "charge", "channel", "ledger", "agreement", "recurring");

    @ArchTest
    static final ArchRule DRAFT =
            mayUse("draft", "charge", "channel", "ledger", "agreement", "recurring", "publicport");

    @ArchTest
    static final ArchRule REPORTING = mayUse("reporting", "charge", "channel", "ledger", "alarm");

    @ArchTest
    static final ArchRule SETTLEMENT = mayUse("settlement", "charge", "channel", "ledger", "recurring");

    @ArchTest
    static final ArchRule DELIVERY = mayUse("delivery", "charge", "channel", "ledger", "sftp");

    @ArchTest
    static final ArchRule PUBLIC_PORT = mayUse("publicport", "channel");

    @ArchTest
    static final ArchRule SEALING = mayUse("sealing", "charge", "channel");

    @ArchTest
    static final ArchRule WEBHOOK =
            mayUse("webhook", "charge", "channel", "ledger", "recurring", "publicport", "sealing");

    @ArchTest
    static final ArchRule INVARIANT = mayUse("invariant", "channel", "ledger");

    @ArchTest
    static final ArchRule RETENTION = mayUse("retention", "charge", "channel", "ledger");

    /** It may be on another machine than the gateway. */
    @ArchTest
    static final ArchRule THE_COMMAND_LINE_KNOWS_THE_GATEWAY_BY_HTTP_ALONE = mayUse("console.cli");

    @ArchTest
    static final ArchRule PAGES_AND_REST_STAND_BESIDE_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage(ROOT + "console.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "console.rest..", ROOT + "console.cli..");

    @ArchTest
    static final ArchRule SIMULATOR_KNOWS_NOTHING_OF_THE_PRODUCT = mayUse("simulator");

    @ArchTest
    static final ArchRule THE_SIMULATOR_IS_NOT_KILLED = noClasses()
            .that()
            .resideInAPackage(ROOT + "simulator..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "killpoint..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_SIMULATOR = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "simulator..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "simulator..");

    @ArchTest
    static final ArchRule ONLY_THE_LEDGER_KNOWS_SQL = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "ledger..", ROOT + "simulator..", ROOT + "settings..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.springframework.jdbc..", "org.postgresql..");

    @ArchTest
    static final ArchRule THE_DOMAIN_KNOWS_NEITHER_CAMEL_NOR_SPRING = noClasses()
            .that()
            .resideInAnyPackage(rooms("charge", "channel"))
            .and()
            .haveSimpleNameNotEndingWith("Configuration")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule CAMEL_TYPES_STAY_AT_THE_EDGE = noClasses()
            .that()
            .resideInAnyPackage(
                    rooms("charge", "ledger", "submission", "tracking", "operation", "reporting", "agreement"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule BUSINESS_TIME_COMES_FROM_THE_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "simulator..", ROOT + "clock..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now");

    @ArchTest
    static final ArchRule NOTHING_SLEEPS = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "simulator..")
            .should()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE = classes()
            .should()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils");
}
