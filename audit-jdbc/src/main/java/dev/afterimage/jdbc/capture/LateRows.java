package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** The values of a batch that the driver has yet to read, each with its place among the bytes of the others. */
final class LateRows {

    private record Place(int row, int at, LateValue value) {}

    private final List<Place> places = new ArrayList<>();
    private final Room room;
    private int next;

    /**
     * Begins without values.
     *
     * @param room what their copies may hold together
     */
    LateRows(Room room) {
        this.room = room;
    }

    /** For the copies of streams that are bound next; that of a batch is given back with the batch. */
    Room room() {
        if (places.isEmpty()) {
            room.refill();
        }
        return room;
    }

    void add(int row, int at, LateValue value) {
        value.batched();
        places.add(new Place(row, at, value));
    }

    int size() {
        return places.size();
    }

    void begin() {
        places.forEach(place -> place.value().begin());
    }

    void clear() {
        places.forEach(place -> place.value().unbatched());
        places.clear();
        next = 0;
    }

    /** Appends a row up to behind its last late value; answers where the rest of its bytes begins. */
    int appendTo(ByteWriter to, int row, ByteWriter from, int start) {
        if (next > 0 && places.get(next - 1).row() >= row) {
            next = 0; // Another statement of the same text takes the rows from the first one again.
        }
        int at = start;
        while (next < places.size() && places.get(next).row() <= row) {
            Place place = places.get(next++);
            if (place.row() == row) {
                to.putBytes(from.array(), at, place.at() - at);
                place.value().putTo(to);
                at = place.at();
            }
        }
        return at;
    }
}
