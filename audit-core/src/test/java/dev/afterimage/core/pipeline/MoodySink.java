package dev.afterimage.core.pipeline;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sink with a thread of its own, in moods that change: quick, slow, failing, asleep. It takes batches in their order. */
final class MoodySink implements Sink {

    private static final int MOODS = 4;

    private record Job(List<AuditEvent> batch, CompletableFuture<Delivery> answer) {}

    private final LinkedBlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final List<AuditEvent> taken = new ArrayList<>();
    private final Random random;
    private final Thread thread = new Thread(this::run, "moody-sink");
    private @Nullable EventId failed;

    MoodySink(Random random) {
        this.random = new Random(random.nextLong());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public CompletionStage<Delivery> send(List<AuditEvent> batch) {
        Job job = new Job(batch, new CompletableFuture<>());
        jobs.add(job);
        return job.answer();
    }

    private void run() {
        try {
            for (int left = 0, mood = 0; ; left--) {
                if (left == 0) {
                    left = 1 + random.nextInt(200);
                    mood = random.nextInt(MOODS);
                }
                work(jobs.take(), mood);
            }
        } catch (InterruptedException end) {
            // Closed.
        }
    }

    /** After a batch that failed, those behind it fail too until it comes again: a sink keeps the order. */
    private void work(Job job, int mood) throws InterruptedException {
        if (mood == 1 && random.nextInt(20) == 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        } else if (mood == 3 && random.nextInt(100) == 0) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(200));
        }
        EventId first = job.batch().get(0).id();
        boolean behind = failed != null && !failed.equals(first);
        if (behind || (mood == 2 && random.nextInt(20) == 0)) {
            failed = behind ? failed : first;
            job.answer().completeExceptionally(new IllegalStateException("not now"));
            return;
        }
        failed = null;
        synchronized (taken) {
            taken.addAll(job.batch());
        }
        job.answer().complete(Delivery.COMPLETE);
    }

    List<AuditEvent> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
