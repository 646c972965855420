package org.chargebridge.alarm;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.chargebridge.charge.OneLine;
import org.chargebridge.charge.Sha256;
import org.chargebridge.ledger.AlarmNotices.Notice;
import org.chargebridge.ledger.AlarmNotices.Way;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Tells alarms by mail, in plain text. */
@Component
class AlarmMail implements AlarmWay {

    private static final String TIMEOUT_MILLIS = "30000";

    private static final Logger LOG = LoggerFactory.getLogger(AlarmMail.class);

    private final AtomicBoolean refusalTold = new AtomicBoolean();
    private final AlarmSettings settings;
    private final AlarmLetter letter;

    AlarmMail(AlarmSettings settings, AlarmLetter letter) {
        this.settings = settings;
        this.letter = letter;
    }

    @Override
    public Way way() {
        return Way.MAIL;
    }

    @Override
    public boolean isSet() {
        return settings.mail().isSet();
    }

    @Override
    public void tell(List<Notice> notices) throws AlarmNotTold {
        JavaMailSenderImpl sender = sender();
        try {
            MimeMessage message = new IdentifiedMessage(sender.getSession(), id(notices));
            MimeMessageHelper mail = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
            mail.setFrom(settings.mail().from().strip());
            mail.setTo(settings.mail().to().toArray(String[]::new));
            mail.setSubject(letter.subject(notices));
            mail.setText(letter.body(notices));
            message.setHeader("Auto-Submitted", "auto-generated");
            send(message, sender);
        } catch (MailException | MessagingException failure) {
            throw new AlarmNotTold(why(failure), failure);
        }
    }

    /** Someone who has left is no reason that the others hear nothing; whom the server takes later waits for all. */
    private void send(MimeMessage message, JavaMailSenderImpl sender) throws MessagingException {
        try {
            sender.send(message);
            refusalTold.set(false);
        } catch (MailSendException failure) {
            if (!(told(failure) instanceof SendFailedException part)
                    || part.getInvalidAddresses() == null
                    || part.getInvalidAddresses().length == 0
                    || part.getValidUnsentAddresses() == null
                    || part.getValidUnsentAddresses().length == 0) {
                throw failure;
            }
            message.setRecipients(Message.RecipientType.TO, part.getValidUnsentAddresses());
            sender.send(message);
            if (!refusalTold.getAndSet(true)) {
                LOG.warn(
                        "The mail server refuses {} of the addresses in chargebridge.alarm.mail.to, which hear of no alarm;"
                                + " the others do. It says: {}. This line comes once. Correct the addresses",
                        part.getInvalidAddresses().length,
                        why(failure));
            }
        }
    }

    /** Spring keeps what a server said of a message beside the cause. */
    private static Throwable told(Throwable failure) {
        return failure instanceof MailSendException send && send.getMessageExceptions().length > 0
                ? send.getMessageExceptions()[0]
                : failure;
    }

    /** The same for the same news, so that a receiver can tell a message that came twice. */
    private static String id(List<Notice> notices) {
        String ids = notices.stream().map(notice -> String.valueOf(notice.id())).collect(Collectors.joining(","));
        return Sha256.hex(ids.getBytes(StandardCharsets.UTF_8)).substring(0, 24);
    }

    private JavaMailSenderImpl sender() {
        AlarmSettings.Mail mail = settings.mail();
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(mail.host().strip());
        sender.setPort(mail.portOrUsual());
        boolean tls = mail.encryption().equals("tls");
        boolean startTls = mail.encryption().equals("starttls");
        Properties properties = sender.getJavaMailProperties();
        properties.put("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.starttls.enable", String.valueOf(startTls));
        properties.put("mail.smtp.starttls.required", String.valueOf(startTls));
        properties.put("mail.smtp.ssl.enable", String.valueOf(tls));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        if (!mail.user().isBlank()) {
            sender.setUsername(mail.user().strip());
            sender.setPassword(mail.password());
            properties.put("mail.smtp.auth", "true");
        }
        return sender;
    }

    /** The server's own words may quote addresses. */
    private static String why(Exception failure) {
        Throwable root = told(failure);
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String said = root.getMessage() == null ? "" : ": " + root.getMessage();
        String line = OneLine.marked(said.lines().findFirst().orElse("")).replaceAll("\\S+@\\S+", "...");
        return root.getClass().getSimpleName() + (line.length() > 200 ? line.substring(0, 200) : line);
    }

    private static final class IdentifiedMessage extends MimeMessage {

        private final String id;

        IdentifiedMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<alarm-" + id + "@chargebridge>");
        }
    }
}
