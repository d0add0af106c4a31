package dev.afterimage.jdbc.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogPositionTest {

    @ParameterizedTest(name = "insert {0} means {1}")
    @CsvSource({
        "8216, 8192", // behind a page's header
        "8192, 8192",
        "8224, 8224",
        "8232, 8232", // 40 bytes into a page that is not the first
        "1048616, 1048576", // behind a segment's header
        "1048600, 1048600", // 24 bytes into a segment's first page: within its header, so no position of a record
        "1056792, 1056768"
    })
    void stepsBackOverAHeaderOnly(long insert, long end) {
        assertThat(LogPosition.endOfLastRecord(insert, 8192, 1 << 20)).isEqualTo(end);
    }
}
