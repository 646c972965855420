package org.chargebridge.sftp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.SftpException;
import java.time.Duration;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class AnsweringOperationsTest {

    @Test
    void whatIsAskedAfterACutIsToldAsALostConnection() {
        AnsweringOperations cut = new AnsweringOperations(null, Duration.ofMinutes(2));

        assertThatThrownBy(() -> cut.retrieveFile("out/b.csv", new DefaultExchange(new DefaultCamelContext()), 1))
                .isInstanceOf(GenericFileOperationFailedException.class)
                .hasRootCauseInstanceOf(SftpException.class)
                .hasRootCauseMessage("the connection was lost");
    }
}
