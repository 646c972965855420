package org.chargebridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.util.Date;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

class ChannelParametersTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 30, 60, 300, 900, 3600})
    void cronKeepsTheInterval(int seconds) throws ParseException {
        for (String name : new String[] {"demo", "visma", "tripletex-2"}) {
            Channel channel = ChannelBuilder.channel()
                    .name(name)
                    .sftp(s -> new Channel.Sftp(
                            s.host(),
                            s.port(),
                            s.user(),
                            s.password(),
                            s.privateKeyFile(),
                            s.privateKeyPassphrase(),
                            s.hostKey(),
                            s.outDirectory(),
                            s.inDirectory(),
                            seconds))
                    .build();
            CronExpression cron = new CronExpression(ChannelParameters.pollCron(channel));
            Date fire = cron.getNextValidTimeAfter(new Date(0));
            for (int i = 0; i < 100; i++) {
                Date next = cron.getNextValidTimeAfter(fire);
                assertThat(next.getTime() - fire.getTime()).isEqualTo(seconds * 1000L);
                fire = next;
            }
        }
    }
}
