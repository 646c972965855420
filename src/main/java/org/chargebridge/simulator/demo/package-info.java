/**
 * What {@code ./mvnw spring-boot:run} starts besides the gateway: PostgreSQL, the ERP's SFTP server and the API
 * simulator, before anything needs them, and a story that carries a sample file from its arrival to its last report. It
 * knows the gateway only from the outside: by its calls and by the files it takes and leaves.
 */
package org.chargebridge.simulator.demo;
