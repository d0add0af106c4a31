package dev.afterimage.jmh.tpcb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theMiddleOneOfAnOddNumber() {
        assertThat(Spread.of(9, 1, 4)).isEqualTo(new Spread(4, 1, 9, 3));
    }

    @Test
    void theMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
        assertThat(Spread.of(10, 1, 2, 4)).isEqualTo(new Spread(3, 1, 10, 4));
    }

    @Test
    void theGivenFiguresStayInTheirOrder() {
        double[] figures = {3, 1, 2};
        Spread.of(figures);
        assertThat(figures).containsExactly(3, 1, 2);
    }

    @Test
    void nothingHasNoMiddle() {
        assertThatIllegalArgumentException().isThrownBy(Spread::of);
    }
}
