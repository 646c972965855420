package org.chargebridge.camelconsole;

import static org.assertj.core.api.Assertions.assertThat;

import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over Jolokia one looks, and starts and stops routes; nothing else. */
class RoutesOnlyTest {

    private final RoutesOnly restrictor = new RoutesOnly();

    private static ObjectName camel(String type) {
        return name("org.apache.camel:context=chargebridge,type=" + type + ",name=\"x\"");
    }

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "stop", "suspend", "resume", "start()", "stop()", "suspend()", "resume()"})
    void routesAreStartedAndStopped(String operation) {
        assertThat(restrictor.isOperationAllowed(camel("routes"), operation)).isTrue();
        assertThat(restrictor.isOperationAllowed(camel("context"), operation)).isFalse();
        assertThat(restrictor.isOperationAllowed(camel("consumers"), operation)).isFalse();
        assertThat(restrictor.isOperationAllowed(camel("routecontroller"), operation))
                .isFalse();
        assertThat(restrictor.isOperationAllowed(name("org.apache.camel.evil:type=routes,name=\"x\""), operation))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "remove",
                "restart",
                "shutdown",
                "stop(long)",
                "stopAndFail",
                "stop(java.lang.Long,java.lang.Boolean)",
                "reset",
                "dumpRouteAsXml",
                "dumpRouteAsYaml",
                "dumpRouteStatsAsXml",
                "updateRouteFromXml",
                "sendBody",
                "STOP",
                ""
            })
    void nothingElseIsDoneWithARoute(String operation) {
        assertThat(restrictor.isOperationAllowed(camel("routes"), operation)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dumpRoutesAsXml()", "dumpRoutesStatsAsXml", "dumpRoutesStatsAsXml(boolean,boolean)"})
    void routesAreDrawn(String operation) {
        assertThat(restrictor.isOperationAllowed(camel("context"), operation)).isTrue();
        assertThat(restrictor.isOperationAllowed(camel("routes"), operation)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dumpRoutesAsXml(boolean)",
                "dumpRoutesAsXml(boolean,boolean)",
                "dumpRoutesAsYaml()",
                "dumpRestsAsXml()",
                "sendBody",
                "sendStringBody",
                "requestBody",
                "sendBodyAndHeaders",
                "createEndpoint",
                "removeEndpoints",
                "dumpRoutesAsXml",
                "addOrUpdateRoutesFromXml",
                "startRoute",
                "stopRoute",
                "suspend",
                "stop"
            })
    void nothingIsDoneWithTheContext(String operation) {
        assertThat(restrictor.isOperationAllowed(camel("context"), operation)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang:type=Runtime",
                "java.lang:type=Memory",
                "com.sun.management:type=DiagnosticCommand",
                "java.util.logging:type=Logging",
                "jdk.management.jfr:type=FlightRecorder",
                "com.zaxxer.hikari:type=Pool (ledger)",
                "jolokia:type=Config",
                "hawtio:type=Registry",
                "quartz:type=QuartzScheduler",
                "Catalina:type=Server",
                "org.springframework.boot:type=Endpoint,name=Env",
                "org.apache.camel:context=chargebridge,type=endpoints,name=\"sftp://erp@host/out\"",
                "org.apache.camel:context=chargebridge,type=tracer,name=BacklogTracer",
                "org.apache.camel:context=chargebridge,type=tracer,name=BacklogDebugger",
                "org.apache.camel:context=chargebridge,type=services,name=x",
                "org.apache.camel:context=chargebridge,type=components,name=\"sftp\"",
                "org.apache.camel:context=chargebridge"
            })
    void otherBeansAreHiddenAndCanNeitherBeReadNorCalled(String bean) {
        assertThat(restrictor.isObjectNameHidden(name(bean))).isTrue();
        assertThat(restrictor.isAttributeReadAllowed(name(bean), "State")).isFalse();
        assertThat(restrictor.isOperationAllowed(name(bean), "stop")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"State", "ExchangesTotal", "ExchangesInflight", "MeanProcessingTime", "Uptime", "RouteId"})
    void howARouteDoesIsRead(String attribute) {
        assertThat(restrictor.isAttributeReadAllowed(camel("routes"), attribute))
                .isTrue();
        assertThat(restrictor.isObjectNameHidden(camel("routes"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EndpointUri",
                "Uri",
                "DestinationUrl",
                "GlobalOptions",
                "RouteProperties",
                "Body",
                "MessageHistory",
                "Expression",
                "Password",
                "SourceLocation",
                "LastError",
                "Headers",
                "ExtendedInformation"
            })
    void whatMayHoldAnAddressASecretOrAMessageIsNotRead(String attribute) {
        assertThat(restrictor.isAttributeReadAllowed(camel("routes"), attribute))
                .isFalse();
        assertThat(restrictor.isAttributeReadAllowed(camel("processors"), attribute))
                .isFalse();
        assertThat(restrictor.isAttributeReadAllowed(camel("context"), attribute))
                .isFalse();
    }

    @Test
    void nothingIsWritten() {
        assertThat(restrictor.isAttributeWriteAllowed(camel("routes"), "StatisticsEnabled"))
                .isFalse();
        assertThat(restrictor.isAttributeWriteAllowed(camel("context"), "Tracing"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(RequestType.class)
    void requestsThatOnlyLookOrCallAreKnown(RequestType type) {
        assertThat(restrictor.isTypeAllowed(type))
                .isEqualTo(type == RequestType.READ
                        || type == RequestType.EXEC
                        || type == RequestType.LIST
                        || type == RequestType.SEARCH
                        || type == RequestType.VERSION);
    }

    @Test
    void onlyOwnPagesReadAnAnswer() {
        assertThat(restrictor.isOriginAllowed("https://evil.example", false)).isFalse();
        assertThat(restrictor.isHttpMethodAllowed(HttpMethod.GET)).isTrue();
        assertThat(restrictor.isHttpMethodAllowed(HttpMethod.POST)).isTrue();
    }
}
