package dev.afterimage.jdbc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCacheTest {

    /** Room for five texts in each generation; the sixth makes the young one old. */
    private final PlanCache cache = new PlanCache(2 * 5 * 210);

    private static CapturePlan plan() {
        return new CapturePlan(List.of(), new boolean[0], false, false, false, null);
    }

    private void fill(int from, int count) {
        for (int i = from; i < from + count; i++) {
            cache.put("text " + (10_000 + i), plan());
        }
    }

    @Test
    void whatWasPutIsFound() {
        CapturePlan plan = plan();

        cache.put("delete", plan);

        assertThat(cache.get("delete")).isSameAs(plan);
        assertThat(cache.get("update")).isNull();
    }

    @Test
    void whatIsNotUsedIsForgottenWhenTwiceAsMuchHasCome() {
        cache.put("text unused", plan());

        fill(0, 6);
        assertThat(cache.get("text 10000")).isNotNull();
        fill(6, 12);

        assertThat(cache.get("text unused")).isNull();
        assertThat(cache.get("text 10017")).isNotNull();
    }

    @Test
    void whatIsUsedStays() {
        CapturePlan plan = plan();
        cache.put("text used", plan);

        for (int i = 0; i < 100; i++) {
            fill(i, 1);
            assertThat(cache.get("text used")).isSameAs(plan);
        }
    }

    @Test
    void aTextThatIsLongerThanAllRoomIsForgottenNext() {
        String tooLong = "x".repeat(10_000);

        cache.put(tooLong, plan());
        fill(0, 6);

        assertThat(cache.get(tooLong)).isNull();
    }

    @Test
    void puttingTheSameTextAgainTakesNoMoreRoom() {
        cache.put("text first", plan());
        CapturePlan last = plan();

        for (int i = 0; i < 100; i++) {
            cache.put("text again", last);
        }

        assertThat(cache.get("text first")).isNotNull();
        assertThat(cache.get("text again")).isSameAs(last);
    }
}
