package dev.afterimage.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.event.Fence;
import dev.afterimage.core.resolve.FenceSource;
import dev.afterimage.core.resolve.FenceUnavailableException;
import org.junit.jupiter.api.Test;

class FenceLogTest {

    /** In microseconds: more than any reading takes, or the clocks would be taken to be the same. */
    private static final long OFFSET = 3_600_000_000L;

    private long position = 100;
    private boolean away;

    private final WallClock clock = new WallClock(() -> 0, () -> 0);
    private final FenceSource source = new FenceSource() {
        @Override
        public String kind() {
            return Fence.LSN;
        }

        @Override
        public Reading read() {
            if (away) {
                throw new FenceUnavailableException("away", new IllegalStateException());
            }
            return new Reading(position, OFFSET);
        }
    };
    private final FenceLog log = new FenceLog(source, clock);

    @Test
    void nothingReadIsNoFence() {
        assertThat(log.fence(0, 0)).isNull();
        assertThat(log.clockOffset(0)).isZero();
    }

    @Test
    void aCommitLiesAtOrBeforeAPositionReadLater() {
        long asked = System.nanoTime();
        log.read();

        assertThat(log.fence(asked, asked)).isEqualTo(new Fence(Fence.LSN, Long.MIN_VALUE, 100));
        assertThat(log.clockOffset(0)).isEqualTo(OFFSET);
    }

    @Test
    void aCommitLiesAfterThePositionReadBeforeItWasAskedFor() {
        log.read();
        position = 150;
        log.read();
        long asked = later();
        position = 200;
        log.read();

        assertThat(log.fence(asked, asked)).isEqualTo(new Fence(Fence.LSN, 150, 200));
    }

    @Test
    void aPositionReadBeforeTheCommitHadReturnedIsNoFence() {
        log.read();
        long asked = later();

        assertThat(log.fence(asked, asked)).isNull();
    }

    @Test
    void aReadingThatFailsLeavesTheLogAsItWas() {
        log.read();
        long asked = later();
        away = true;

        assertThatThrownBy(log::read).isInstanceOf(FenceUnavailableException.class);

        assertThat(log.fence(asked, asked)).isNull();
    }

    @Test
    void onlyTheLastPositionsAreRemembered() {
        log.read();
        long asked = later();
        for (position = 101; position <= 132; position++) {
            log.read();
        }

        assertThat(log.fence(asked, asked)).isEqualTo(new Fence(Fence.LSN, Long.MIN_VALUE, 132));
        assertThat(log.fence(later(), asked)).isEqualTo(new Fence(Fence.LSN, 132, 132));
    }

    @Test
    void aPositionThatRunsBackwardsAfterAFailoverStillMakesAFence() {
        log.read();
        long asked = later();
        position = 50;
        log.read();

        assertThat(log.fence(asked, asked)).isEqualTo(new Fence(Fence.LSN, 50, 50));
    }

    /** A moment after all readings so far. */
    private static long later() {
        long now = System.nanoTime();
        long later = now;
        while (later == now) {
            later = System.nanoTime();
        }
        return later;
    }
}
