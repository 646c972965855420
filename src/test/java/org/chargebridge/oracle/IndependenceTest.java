package org.chargebridge.oracle;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What checks the product must not share its mistakes. */
@AnalyzeClasses(packages = "org.chargebridge.oracle")
class IndependenceTest {

    @ArchTest
    static final ArchRule ORACLE_IMPORTS_NOTHING_OF_THE_PRODUCT = noClasses()
            .that()
            .resideInAPackage("org.chargebridge.oracle..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.chargebridge..").and(resideOutsideOfPackage("org.chargebridge.oracle..")));
}
