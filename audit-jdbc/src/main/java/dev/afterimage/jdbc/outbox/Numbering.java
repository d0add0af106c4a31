package dev.afterimage.jdbc.outbox;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which numbers the events of a row have, fixed before any of them is sent. The same record may make more events for the
 * next relay, if a table was given a key meanwhile: those get numbers of their own, behind all others.
 *
 * <pre>
 *  row's id (8), first (8), count (8), beyond (8), more (8)     big-endian, row after row
 * </pre>
 *
 * @param id of the row
 * @param first number of the first event
 * @param count how many go on from there
 * @param beyond number of the event after these
 * @param more how many go on from there
 */
record Numbering(long id, long first, long count, long beyond, long more) {

    private static final int LENGTH = 5 * Long.BYTES;

    static byte[] encode(Collection<Numbering> all) {
        ByteBuffer bytes = ByteBuffer.allocate(all.size() * LENGTH);
        for (Numbering each : all) {
            bytes.putLong(each.id).putLong(each.first).putLong(each.count);
            bytes.putLong(each.beyond).putLong(each.more);
        }
        return bytes.array();
    }

    /** By the rows' ids. */
    static Map<Long, Numbering> decode(byte[] encoded) {
        Map<Long, Numbering> all = new HashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        while (bytes.remaining() >= LENGTH) {
            Numbering each =
                    new Numbering(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
            all.put(each.id, each);
        }
        return all;
    }

    /** For as many events as there are now, of which the first unused number is given. */
    Numbering extended(long events, long free) {
        return events <= count + more ? this : new Numbering(id, first, count, free, events - count);
    }
}
