package org.chargebridge.benchmark.rivals;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Scanner;
import javax.sql.DataSource;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.JobParametersBuilder;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.JobLauncher;
import org.springframework.batch.core.launch.support.TaskExecutorJobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JobRepositoryFactoryBean;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.item.file.builder.FlatFileItemWriterBuilder;
import org.springframework.batch.item.file.transform.PassThroughLineAggregator;
import org.springframework.batch.item.support.SynchronizedItemStreamReader;
import org.springframework.batch.item.support.SynchronizedItemStreamWriter;
import org.springframework.batch.repeat.RepeatStatus;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.client.RestClient;

/**
 * A plain Spring Batch job: lines read from SFTP in chunks of 1,000, on 16 threads, one POST a charge, and a receipt with
 * a line for each. Arguments: address of the API, JDBC URL, SFTP port, user, password, folder of the files, folder of the
 * receipts. Each line on standard input names a file to send.
 */
public final class BatchJob {

    private static final int THREADS = 16;
    private static final int CHUNK = 1_000;
    private static final String PREFIX = "batch-";

    /** The API's answer. */
    private record Created(String chargeId) {}

    private final DataSourceTransactionManager transactions;
    private final JobRepository repository;
    private final JobLauncher launcher;
    private final ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
    private final RestClient api;

    private BatchJob(String apiUri, String jdbcUrl) throws Exception {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(jdbcUrl);
        dataSource.setMaximumPoolSize(THREADS + 4);
        transactions = new DataSourceTransactionManager(dataSource);
        repository = repository(dataSource, transactions);
        TaskExecutorJobLauncher direct = new TaskExecutorJobLauncher();
        direct.setJobRepository(repository);
        direct.afterPropertiesSet();
        launcher = direct;
        threads.setCorePoolSize(THREADS);
        threads.initialize();
        api = client(apiUri);
    }

    private static JobRepository repository(DataSource dataSource, DataSourceTransactionManager transactions)
            throws Exception {
        new ResourceDatabasePopulator(new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"))
                .execute(dataSource);
        JobRepositoryFactoryBean factory = new JobRepositoryFactoryBean();
        factory.setDataSource(dataSource);
        factory.setTransactionManager(transactions);
        factory.setDatabaseType("POSTGRES");
        factory.afterPropertiesSet();
        return factory.getObject();
    }

    private static RestClient client(String apiUri) throws Exception {
        Map<String, String> headers = Access.headers(apiUri);
        return RestClient.builder()
                .baseUrl(apiUri)
                .requestFactory(new HttpComponentsClientHttpRequestFactory(HttpClients.custom()
                        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                                .setMaxConnPerRoute(THREADS)
                                .setMaxConnTotal(THREADS)
                                .build())
                        .build()))
                .defaultHeaders(all -> headers.forEach(all::set))
                .build();
    }

    private String send(Invoice invoice) {
        Created created = api.post()
                .uri(invoice.path())
                .header("Idempotency-Key", invoice.idempotencyKey(PREFIX))
                .contentType(MediaType.APPLICATION_JSON)
                .body(invoice.json(PREFIX))
                .retrieve()
                .body(Created.class);
        return invoice.receipt(PREFIX, created.chargeId());
    }

    private Job job(InputStreamResource file, Path receipt, Tasklet upload) {
        SynchronizedItemStreamReader<Invoice> reader = new SynchronizedItemStreamReader<>();
        reader.setDelegate(new FlatFileItemReaderBuilder<Invoice>()
                .name("invoices")
                .resource(file)
                .linesToSkip(1)
                .saveState(false)
                .lineMapper((line, number) -> Invoice.of(line.split(";", -1)))
                .build());
        SynchronizedItemStreamWriter<String> writer = new SynchronizedItemStreamWriter<>();
        writer.setDelegate(new FlatFileItemWriterBuilder<String>()
                .name("receipt")
                .resource(new FileSystemResource(receipt))
                .headerCallback(header -> header.write("invoice_number;order_id;answer;charge_id"))
                .lineAggregator(new PassThroughLineAggregator<>())
                .saveState(false)
                .build());
        return new JobBuilder("charges", repository)
                .start(step(reader, writer))
                .next(new StepBuilder("upload", repository)
                        .tasklet(upload, transactions)
                        .build())
                .build();
    }

    /** By default only four of the threads would work. */
    @SuppressWarnings("removal")
    private Step step(SynchronizedItemStreamReader<Invoice> reader, SynchronizedItemStreamWriter<String> writer) {
        return new StepBuilder("send", repository)
                .<Invoice, String>chunk(CHUNK, transactions)
                .reader(reader)
                .processor(this::send)
                .writer(writer)
                .taskExecutor(threads)
                .throttleLimit(THREADS)
                .build();
    }

    public static void main(String[] arguments) throws Exception {
        BatchJob batch = new BatchJob(arguments[0], arguments[1]);
        Session session = new JSch().getSession(arguments[3], "127.0.0.1", Integer.parseInt(arguments[2]));
        session.setPassword(arguments[4]);
        session.setConfig("StrictHostKeyChecking", "no");
        session.connect();
        ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
        sftp.connect();
        Scanner names = new Scanner(System.in);
        while (names.hasNextLine()) {
            String name = names.nextLine();
            InputStreamResource file = new InputStreamResource(() -> open(sftp, arguments[5] + "/" + name));
            Path receipt = Files.createTempFile("receipt", ".csv");
            Tasklet upload = (contribution, context) -> {
                sftp.put(receipt.toString(), arguments[6] + "/receipt-" + name);
                Files.delete(receipt);
                return RepeatStatus.FINISHED;
            };
            batch.launcher.run(
                    batch.job(file, receipt, upload),
                    new JobParametersBuilder().addString("file", name).toJobParameters());
        }
        System.exit(0);
    }

    private static java.io.InputStream open(ChannelSftp sftp, String path) throws java.io.IOException {
        try {
            return sftp.get(path);
        } catch (com.jcraft.jsch.SftpException e) {
            throw new java.io.IOException(e);
        }
    }
}
