# Everything docker-compose.yml needs, built from the sources alone: docker compose up --build.
FROM eclipse-temurin:21-jdk AS build
WORKDIR /build
COPY .mvn ./.mvn
COPY mvnw pom.xml ./
COPY src ./src
RUN --mount=type=cache,target=/root/.m2 ./mvnw --batch-mode --no-transfer-progress -Dmaven.test.skip package
RUN java -Djarmode=tools -jar target/chargebridge.jar extract --layers --destination extracted

# The stand-in for the Recurring API, which is no part of the gateway's jar (docs/simulator.md).
FROM eclipse-temurin:21-jre AS simulator
RUN useradd --system --uid 10001 chargebridge && mkdir -p /simulator/data && chown chargebridge /simulator/data
WORKDIR /simulator
COPY --from=build /build/extracted/dependencies/lib ./lib
COPY --from=build /build/target/classes/org/chargebridge/simulator ./classes/org/chargebridge/simulator
USER chargebridge
ENTRYPOINT ["java", "-Xmx96m", "-XX:+UseSerialGC", "-cp", "classes:lib/*", "org.chargebridge.simulator.SimulatorMain"]

# An SFTP server as an ERP may have it; it also makes the secrets of the first start.
FROM debian:bookworm-slim AS sftp
RUN apt-get update \
    && apt-get install --yes --no-install-recommends openssh-server \
    && rm -rf /var/lib/apt/lists/* /etc/ssh/ssh_host_*_key* \
    && useradd --no-create-home --home-dir / --uid 10002 --shell /usr/sbin/nologin --password '*' erp \
    && mkdir -p /run/sshd /srv/erp/out /srv/erp/in/info \
    && chown -R erp:erp /srv/erp/out /srv/erp/in
COPY docker/sftp/sshd_config /etc/ssh/sshd_config
COPY docker/secrets.sh /usr/local/bin/make-secrets
EXPOSE 22
CMD ["/usr/sbin/sshd", "-D", "-e"]

FROM eclipse-temurin:21-jre AS gateway
RUN useradd --system --uid 10001 chargebridge && mkdir -p /chargebridge/data && chown chargebridge /chargebridge/data
WORKDIR /chargebridge
# What changes rarely comes first.
COPY --from=build /build/extracted/dependencies ./
COPY --from=build /build/extracted/snapshot-dependencies ./
COPY --from=build /build/extracted/application ./
COPY docker/ready.sh /usr/local/bin/ready
COPY routes ./routes
COPY config/application.yaml config/jvm.options ./config/
# Without it glibc keeps memory of its own for each thread.
ENV MALLOC_ARENA_MAX=2
USER chargebridge
VOLUME /chargebridge/data
EXPOSE 8080 8081 9876
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["ready"]
# Java is the first process and gets the signal to stop. The first stop writes an archive of the loaded classes beside the
# spooled files; every start after it is faster for that.
ENTRYPOINT ["java", "@config/jvm.options", \
            "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=data/chargebridge.jsa", "-Xlog:cds=off", \
            "-jar", "chargebridge.jar"]
