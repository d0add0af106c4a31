package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Image;
import org.jspecify.annotations.Nullable;

/**
 * What the trail knows of a row at one moment: nothing, that it did not exist, or its image.
 *
 * @param isKnown false where nothing is known; then there is no image
 * @param image the row; null where it did not exist, or is not known
 */
public record RowState(boolean isKnown, @Nullable Image image) {

    /** Not known. */
    public static final RowState UNKNOWN = new RowState(false, null);

    /** Known not to exist. */
    public static final RowState ABSENT = new RowState(true, null);

    public RowState {
        if (!isKnown && image != null) {
            throw new IllegalArgumentException("An image of a row that is not known");
        }
    }

    /** A row that existed. */
    public static RowState of(Image image) {
        return new RowState(true, image);
    }

    /** Whether the row is known not to have existed. */
    public boolean isAbsent() {
        return isKnown && image == null;
    }
}
