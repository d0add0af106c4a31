package dev.afterimage.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {

    private static final long MINUTE = 60_000_000_000L;

    private final ClockOffset offset = new ClockOffset();

    @Test
    void theFirstMeasurementHoldsForAllMoments() {
        offset.measured(500, 1_000, 10);

        assertThat(offset.at(0)).isEqualTo(500);
        assertThat(offset.at(MINUTE)).isEqualTo(500);
    }

    @Test
    void clocksThatAreTheSameAsFarAsCanBeToldAreTheSame() {
        offset.measured(-13_000, 0, 27_000_000);
        assertThat(offset.at(0)).isZero();

        ClockOffset apart = new ClockOffset();
        apart.measured(-13_000, 0, 25_000_000);
        assertThat(apart.at(0)).isEqualTo(-13_000);
    }

    @Test
    void jitterWithinAMinuteChangesNothing() {
        offset.measured(500, 0, 10);
        offset.measured(9_000, 1, 1_000);

        assertThat(offset.at(2)).isEqualTo(500);
    }

    @Test
    void theBestMeasurementOfAMinuteIsApproachedWithinTheNext() {
        offset.measured(0, 0, 100);
        offset.measured(600, MINUTE / 2, 10);
        offset.measured(-90_000, MINUTE, 5_000);

        assertThat(offset.at(MINUTE)).isZero();
        assertThat(offset.at(MINUTE + MINUTE / 2)).isEqualTo(300);
        assertThat(offset.at(3 * MINUTE)).isEqualTo(600);
    }

    @Test
    void aLaterMomentStaysLaterWhateverIsMeasured() {
        long seed = Long.getLong("audit.seed", new Random().nextLong());
        System.out.println("ClockOffsetTest seed " + seed);
        Random random = new Random(seed);
        long now = 0;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < 2_000; i++) {
            offset.measured(random.nextLong(-100_000_000_000L, 100_000_000_000L), now, random.nextLong(1, 1_000_000));
            long databaseTime = now / 1000 + offset.at(now);
            assertThat(databaseTime).as("step " + i).isGreaterThan(last);
            last = databaseTime;
            now += random.nextLong(1_000_000, MINUTE / 2);
        }
    }

    @Test
    void aMomentThatWasToldOnceIsToldTheSameLater() {
        offset.measured(0, 0, 10);
        long before = offset.at(MINUTE / 2);
        offset.measured(1_000_000, MINUTE, 1);

        assertThat(offset.at(MINUTE / 2)).isEqualTo(before);
    }
}
