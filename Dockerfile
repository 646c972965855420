# The gateway's image: ./mvnw package, then docker compose up --build.
FROM eclipse-temurin:21-jre AS extract
WORKDIR /build
COPY target/chargebridge.jar ./
RUN java -Djarmode=tools -jar chargebridge.jar extract --destination extracted

FROM eclipse-temurin:21-jre
RUN useradd --system --uid 10001 chargebridge \
    && mkdir -p /chargebridge/data \
    && chown chargebridge /chargebridge/data
WORKDIR /chargebridge
COPY --from=extract /build/extracted ./
COPY routes ./routes
COPY config ./config
# Without it glibc keeps memory of its own for each thread.
ENV MALLOC_ARENA_MAX=2
USER chargebridge
EXPOSE 8080 9876
# The first stop writes an archive of the loaded classes beside the spooled files; every start after it is faster for that.
ENTRYPOINT ["java", "-Xmx160m", "-XX:+UseSerialGC", "-XX:+AutoCreateSharedArchive", \
            "-XX:SharedArchiveFile=data/chargebridge.jsa", "-Xlog:cds=off", \
            "-jar", "chargebridge.jar"]
