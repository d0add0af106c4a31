package dev.afterimage.jmh.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartTest {

    @Test
    void everyVariantHasABarInEachPanelWhereItWasMeasured() throws Exception {
        String svg = new Chart(new Samples()
                        .add("raw", Samples.TWO, 1, 1000, 100)
                        .add("raw", Samples.EIGHT, 1, 1000, 100)
                        .add("afterimage", Samples.TWO, 1, 990, 100)
                        .add("p6spy", Samples.TWO, 1, 5000, 100)
                        .add("afterimage", Samples.EIGHT, 1, 500, 100)
                        .comparison())
                .svg();
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        int background = 1;
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(background + 3);
        assertThat(svg).contains("0.990", "0.500", "5.000 (no trail)", "8 threads, fsync off");
    }
}
