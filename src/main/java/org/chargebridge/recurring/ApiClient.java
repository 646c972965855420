package org.chargebridge.recurring;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** What every call to the API shares: connections, limits on time, and a client that never acts on its own. */
final class ApiClient implements AutoCloseable {

    /** More than all senders and look-ups have under way at once: none of them waits for another's. */
    static final int CONNECTIONS = 200;

    private final ApiSettings settings;
    private final PoolingHttpClientConnectionManager connections;
    private final CallLimit limit = new CallLimit();

    ApiClient(ApiSettings settings) {
        this.settings = settings;
        Timeout connect = Timeout.of(settings.effectiveConnectTimeout());
        this.connections = PoolingHttpClientConnectionManagerBuilder.create()
                .useSystemProperties()
                .setMaxConnPerRoute(CONNECTIONS)
                .setMaxConnTotal(CONNECTIONS)
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(Timeout.of(settings.callTimeout()))
                        // A connection the other side has closed meanwhile would turn an outcome unknown.
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .setTimeToLive(TimeValue.of(5, TimeUnit.MINUTES))
                        .build())
                .build();
    }

    ApiSettings settings() {
        return settings;
    }

    CallLimit limit() {
        return limit;
    }

    /** Takes from a client whatever it would do by itself: send again, follow, remember. */
    void configure(HttpClientBuilder builder) {
        builder.setConnectionManager(connections)
                .setConnectionManagerShared(true)
                .useSystemProperties()
                .setUserAgent(settings.systemName() + "/" + version())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(settings.effectiveConnectTimeout()))
                        .setResponseTimeout(Timeout.of(settings.callTimeout()))
                        .setRedirectsEnabled(false)
                        .setExpectContinueEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build());
    }

    /** The gateway's version, as the jar states it. */
    static String version() {
        return Optional.ofNullable(ApiClient.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public void close() {
        limit.close();
        connections.close(CloseMode.GRACEFUL);
    }
}
