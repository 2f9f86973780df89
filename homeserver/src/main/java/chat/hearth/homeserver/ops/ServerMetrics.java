package chat.hearth.homeserver.ops;

import chat.hearth.http.RequestMetrics;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.storage.ReadDroppedException.Reason;
import chat.hearth.storage.StatementCounts;
import chat.hearth.storage.StorageMetrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/// The metrics of one server, in a registry of their own. Safe for use by several threads.
///
/// Labels never hold what a client chose: operations are route templates.
public final class ServerMetrics implements RequestMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests =
            Counter.builder()
                    .name("hearth_requests_total")
                    .help("Requests answered, by operation and status.")
                    .labelNames("operation", "status")
                    .register(registry);
    private final Histogram seconds =
            Histogram.builder()
                    .name("hearth_request_seconds")
                    .help("Time from the end of a request's headers to the end of its response.")
                    .classicOnly()
                    .classicUpperBounds(0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60)
                    .labelNames("operation")
                    .register(registry);
    private final Counter statements =
            Counter.builder()
                    .name("hearth_request_statements_total")
                    .help("SQL statements run for requests, by operation.")
                    .labelNames("operation")
                    .register(registry);
    private final Counter bytes =
            Counter.builder()
                    .name("hearth_response_bytes_total")
                    .help("Bytes of response bodies.")
                    .register(registry);

    private final StatementCounts counts;
    private boolean watchesJvm;

    /// The metrics of a server that keeps its data in a database with these counters.
    public ServerMetrics(StorageMetrics storage, RoomEngine engine) {
        this.counts = storage.statements();
        counter("hearth_commits_total", "Transactions committed.", storage.commits()::sum);
        counter("hearth_writes_total", "Writes that became durable.", storage.writes()::sum);
        counter("hearth_failed_writes_total", "Writes that failed.", storage.failedWrites()::sum);
        counter(
                "hearth_commit_seconds_total",
                "Time spent in commits.",
                () -> storage.commitNanos().sum() / NANOS_PER_SECOND);
        counter(
                "hearth_writer_statements_total",
                "SQL statements of the writer.",
                storage.writerStatements()::sum);
        counter(
                "hearth_reader_statements_total",
                "SQL statements of readers.",
                storage.readerStatements()::sum);
        CounterWithCallback.builder()
                .name("hearth_dropped_reads_total")
                .help("Reads that were given up before they ran, by reason.")
                .labelNames("reason")
                .callback(
                        callback -> {
                            for (Reason reason : Reason.values()) {
                                callback.call(
                                        (double) storage.droppedReads(reason).sum(),
                                        reason.name().toLowerCase(Locale.ROOT));
                            }
                        })
                .register(registry);
        gauge("hearth_writer_queue", "Writes that wait or run.", storage.queueDepth()::sum);
        gauge("hearth_active_users", "Users who synced lately.", engine.feed()::activeUsers);
        gauge("hearth_waiting_syncs", "Syncs that wait for news.", engine.feed()::waiting);
        gauge("hearth_active_rooms", "Rooms in memory.", engine.rooms()::active);
        gauge("hearth_cached_events", "Events in memory.", engine.cache()::size);
    }

    @Override
    public void during(Runnable request) {
        counts.during(request);
    }

    @Override
    public void answered(String operation, int status, long length, long nanos) {
        requests.labelValues(operation, Integer.toString(status)).inc();
        seconds.labelValues(operation).observe(nanos / NANOS_PER_SECOND);
        statements.labelValues(operation).inc(counts.soFar());
        bytes.inc(length);
    }

    /// All metrics in the text format of Prometheus.
    byte[] text() {
        watchJvm();
        var out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// The JVM is watched from the first question on: to set that up takes a tenth of a second, for
    /// which nobody should wait who starts a server.
    private synchronized void watchJvm() {
        if (!watchesJvm) {
            JvmMetrics.builder().register(registry);
            watchesJvm = true;
        }
    }

    private void counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }
}
