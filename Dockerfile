# The gateway's image: ./mvnw package, then docker compose up --build.
FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 chargebridge \
    && mkdir -p /chargebridge/data \
    && chown chargebridge /chargebridge/data
WORKDIR /chargebridge
COPY target/chargebridge.jar ./
COPY routes ./routes
COPY config ./config
USER chargebridge
EXPOSE 8080 9876
ENTRYPOINT ["java", "-jar", "chargebridge.jar"]
