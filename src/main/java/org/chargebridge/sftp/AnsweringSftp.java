package org.chargebridge.sftp;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.component.file.remote.FtpConstants;
import org.apache.camel.component.file.remote.RemoteFileConsumer;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpConsumer;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's SFTP with an end to every wait for an answer. The library asks a silent server whether it is still there, and
 * waits for ever where it is and only its files are not: storage of its own that hangs, a process that is stuck.
 */
@SuppressWarnings("rawtypes") // Camel's own: the files of an endpoint have a type that has one.
@Component("sftp")
public final class AnsweringSftp extends SftpComponent {

    /** How long an answer may take, or the next piece of one, before the connection is given up. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

    @Override
    protected GenericFileEndpoint<SftpRemoteFile> buildFileEndpoint(
            String uri, String remaining, Map<String, Object> parameters) throws Exception {
        SftpEndpoint usual = (SftpEndpoint) super.buildFileEndpoint(uri, remaining, parameters);
        return new Endpoint(uri, this, usual.getConfiguration(), ANSWER_MAX);
    }

    /** A server as an endpoint of its own, for whoever calls it without a route. */
    public static SftpEndpoint endpoint(String uri, SftpComponent component, SftpConfiguration configuration) {
        return endpoint(uri, component, configuration, ANSWER_MAX);
    }

    /** @param answerMax after which silence ends the connection */
    public static SftpEndpoint endpoint(
            String uri, SftpComponent component, SftpConfiguration configuration, Duration answerMax) {
        return new Endpoint(uri, component, configuration, answerMax);
    }

    private static final class Endpoint extends SftpEndpoint {

        private final Duration answerMax;

        Endpoint(String uri, SftpComponent component, SftpConfiguration configuration, Duration answerMax) {
            super(uri, component, configuration);
            this.answerMax = answerMax;
        }

        @Override
        public RemoteFileOperations<SftpRemoteFile> createRemoteFileOperations() {
            AnsweringOperations operations = new AnsweringOperations(getProxy(), answerMax);
            operations.setEndpoint(this);
            return operations;
        }

        @Override
        protected RemoteFileConsumer<SftpRemoteFile> buildConsumer(Processor processor) {
            return new Poller(
                    this,
                    processor,
                    createRemoteFileOperations(),
                    processStrategy != null ? processStrategy : createGenericFileStrategy());
        }
    }

    private static final class Poller extends SftpConsumer {

        Poller(
                SftpEndpoint endpoint,
                Processor processor,
                RemoteFileOperations<SftpRemoteFile> operations,
                GenericFileProcessStrategy<SftpRemoteFile> strategy) {
            super(endpoint, processor, operations, strategy);
        }

        /** The library's own would read a time after 2038 as one before 1970, and leave it out. */
        @Override
        protected void updateFileHeaders(GenericFile<SftpRemoteFile> file, Message message) {
            message.setHeader(FtpConstants.FILE_LENGTH, file.getFileLength());
            message.setHeader(FtpConstants.FILE_LAST_MODIFIED, file.getLastModified());
        }
    }
}
