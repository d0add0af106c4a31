package dev.afterimage.kafka;

/**
 * What a {@link ChangeConsumer} has done since it was made. Numbers of records.
 *
 * @param received taken from Kafka, repetitions after a rebalance included
 * @param held in memory now, not yet due or not yet handled
 * @param handled given to the handler, which returned
 * @param deadLettered could not be read and lie in the dead-letter topic
 * @param retries how often a batch failed and was tried again; while it rises and {@code handled} does not, the replica,
 *     the store or the broker is away
 */
public record ConsumerCounts(long received, long held, long handled, long deadLettered, long retries) {}
