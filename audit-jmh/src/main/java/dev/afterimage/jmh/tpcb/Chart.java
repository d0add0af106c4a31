package dev.afterimage.jmh.tpcb;

import java.util.List;
import java.util.Locale;

/** Shares of the bare pool's rate as bars, a panel for each condition, with lines from the least to the most. */
final class Chart {

    private static final int LEFT = 150;
    private static final int WIDTH = 480;
    private static final int RIGHT = 130;
    private static final int TOP = 60;
    private static final int BAR = 16;
    private static final int STEP = 22;
    private static final int PANEL_GAP = 46;

    /** Where the axis ends: a little above the bare pool's own rate. */
    private static final double END = 1.1;

    private final Comparison comparison;
    private final StringBuilder svg = new StringBuilder();

    Chart(Comparison comparison) {
        this.comparison = comparison;
    }

    String svg() {
        svg.setLength(0);
        int y = TOP;
        for (Condition condition : comparison.conditions()) {
            y = panel(condition, y) + PANEL_GAP;
        }
        int width = LEFT + WIDTH + RIGHT;
        return text(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                                + "<text x=\"16\" y=\"24\" font-size=\"15\">TPC-B transactions per second,"
                                + " as a share of the bare pool's</text>%n",
                        width, y, width, y)
                + svg
                + "</svg>\n";
    }

    private int panel(Condition condition, int top) {
        List<Variant> shown = comparison.variants().stream()
                .filter(variant -> variant.kind() != Variant.Kind.RAW
                        && comparison
                                .rate(comparison.samples(variant, condition))
                                .isPresent())
                .toList();
        int bottom = top + shown.size() * STEP;
        svg.append(text("<text x=\"16\" y=\"%d\" font-weight=\"bold\">%s</text>%n", top - 8, condition));
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            grid(tenth / 10.0, top, bottom);
        }
        int y = top;
        for (Variant variant : shown) {
            comparison.rate(comparison.samples(variant, condition)).ifPresent(barAt(variant, y)::draw);
            y += STEP;
        }
        return bottom;
    }

    private interface Bar {
        void draw(Spread share);
    }

    private Bar barAt(Variant variant, int y) {
        return share -> {
            int middle = y + BAR / 2;
            svg.append(text(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LEFT - 8, middle + 4, variant.name()));
            svg.append(text(
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" %s/>%n",
                    LEFT, y, x(share.median()) - LEFT, BAR, look(variant.kind())));
            svg.append(text(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#24292f\"/>%n",
                    x(share.min()), middle, x(share.max()), middle));
            svg.append(text(
                    "<text x=\"%d\" y=\"%d\">%.3f%s</text>%n",
                    LEFT + WIDTH + 8,
                    middle + 4,
                    share.median(),
                    variant.kind() == Variant.Kind.NO_TRAIL ? " (no trail)" : ""));
        };
    }

    private static String look(Variant.Kind kind) {
        return switch (kind) {
            case RAW, TRAIL -> "fill=\"#a8b0b8\"";
            case OURS -> "fill=\"#1f6feb\"";
            case NO_TRAIL -> "fill=\"none\" stroke=\"#a8b0b8\" stroke-dasharray=\"3 2\"";
        };
    }

    private void grid(double share, int top, int bottom) {
        svg.append(text(
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"/>%n",
                x(share), top - 2, x(share), bottom, share == 1 ? "#57606a" : "#d8dee4"));
        svg.append(text(
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" font-size=\"10\" fill=\"#57606a\">%.1f</text>%n",
                x(share), bottom + 12, share));
    }

    private static double x(double share) {
        return LEFT + WIDTH * Math.min(share, END) / END;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
