package dev.afterimage.kafka;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A place in a partition. A topic that is deleted and made anew under its old name counts its offsets from 0 again, so an
 * offset alone says nothing.
 *
 * @param offset the place
 * @param topicId the topic's id, or an older one where it is not sure that the place is in this topic; {@link #UNKNOWN}
 */
record Position(long offset, String topicId) {

    /** The topic's id could not be asked for. */
    static final String UNKNOWN = "";

    /** The place behind this one. */
    Position next() {
        return new Position(offset + 1, topicId);
    }

    /** To be committed: the id travels with the offset. */
    OffsetAndMetadata toCommit() {
        return new OffsetAndMetadata(offset, topicId);
    }

    /** The topic's id that was committed with an offset. */
    static String topicId(@Nullable OffsetAndMetadata committed) {
        return committed == null || committed.metadata() == null ? UNKNOWN : committed.metadata();
    }
}
