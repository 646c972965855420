package org.chargebridge.crash;

import org.chargebridge.Ports;

/** The gateway's own configuration file: production's settings with short leases, fast polls and a movable clock. */
final class Configuration {

    private static final String TEMPLATE =
            """
            spring:
              datasource:
                url: %s
                username: %s
                password: ""
              quartz.properties.org.quartz.jobStore.clusterCheckinInterval: 1000
            server:
              port: %d
              address: 127.0.0.1
            management.server:
              port: %d
              address: 127.0.0.1
            chargebridge:
              node: %s
              data-directory: data
              operator:
                user: %s
                password: %s
              api:
                base-url: %s
                call-timeout: 2s
                connect-timeout: 1s
                lease: 7s
              clock.follow: %s/simulator/clock
              public-url: http://127.0.0.1:%d
              public-port: %d
              encryption-key: encryption-key
              webhooks:
                schedule: 0/1 * * * * ?
                poll-interval: 200ms
              sales-units:
                main:
                  msn: "123456"
                  currency: NOK
                  client-id: demo-client-id
                  client-secret: demo-client-secret
                  subscription-key: demo-subscription-key
              channels:
                erp:
                  source-id: erp
                  sales-unit: main
                  sftp:
                    host: 127.0.0.1
                    port: %d
                    user: erp
                    password: sftp-secret-1
                    host-key: %s
                    out-directory: out
                    in-directory: in
                    poll-interval: 1s
                  retry-days: 0
                  max-per-charge: 20000.00
                  max-per-file: 5000000.00
                  refund-policy: %s
                  refund-daily-ceiling: 1000000.00
                  draft: %s
                  redirect-url: https://www.example.com/thanks
                  agreement-url: https://www.example.com/agreements
                  seller-name: Example
                  status-report:
                    schedule: 0/2 * * * * ?
                    write-empty: false
                  settlement:
                    from: 2020-01-01
                    schedule: 0/1 * * * * ?
                    information:
                      - csv date
              settlement:
                schedule: 0/1 * * * * ?
                read-interval: 1s
                date-interval: 1s
                failure-pause: 2s
              sending:
                poll-interval: 200ms
                fill-wait: 100ms
                confirmation-delay: 1s
                creates-per-minute: 60000
                unscheduled-per-minute: 60000
              tracking:
                schedule: 0/1 * * * * ?
                gets-per-minute: 600000
                failure-pause: 2s
              operations:
                schedule: 0/1 * * * * ?
                failure-pause: 2s
              agreements:
                schedule: 0/1 * * * * ?
                failure-pause: 2s
              reporting.poll-interval: 300ms
              delivery:
                poll-interval: 300ms
                lease: 7s
                retry-min: 500ms
                retry-max: 2s
            """;

    private Configuration() {}

    /** @param webhookPort where the API delivers to: of all gateways on one ledger only the first listens there */
    static String of(
            String node,
            String database,
            String user,
            String api,
            int sftpPort,
            String hostKey,
            int webPort,
            int managementPort,
            int webhookPort,
            boolean listensThere,
            Policies policies) {
        return TEMPLATE.formatted(
                database,
                user,
                webPort,
                managementPort,
                node,
                Gateway.OPERATOR,
                Gateway.OPERATOR_PASSWORD,
                api,
                api,
                webhookPort,
                listensThere ? webhookPort : Ports.free(),
                sftpPort,
                hostKey,
                policies.approvesRefunds() ? "approve" : "auto",
                policies.offersByLink() ? "link" : "direct");
    }
}
