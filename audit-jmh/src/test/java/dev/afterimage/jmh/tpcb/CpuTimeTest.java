package dev.afterimage.jmh.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuTimeTest {

    /** user nice system idle iowait irq softirq steal guest guest_nice; guest time is in user already. */
    @Test
    void waitingAndWhatOtherMachinesTookIsNotWork() {
        assertThat(CpuTime.busyTicks("cpu  1 20 300 4000 50000 600000 7000000 80000000 9 9"))
                .isEqualTo(7_600_321);
    }
}
