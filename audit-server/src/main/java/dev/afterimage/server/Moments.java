package dev.afterimage.server;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Times as people write them: ISO 8601, {@code now}, or how long ago ({@code 90s}, {@code 15m}, {@code 4h}, {@code 2d},
 * {@code 1w}). A date without a time is its first moment; without a zone it is the zone of this machine.
 */
final class Moments implements ITypeConverter<Instant> {

    static final String ALLOWED = "ISO 8601, or 15m, 2d, ... ago";

    private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhdw])( ago)?");

    private final Clock clock;

    Moments() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    Moments(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        Matcher ago = AGO.matcher(text.strip());
        try {
            if (ago.matches()) {
                return clock.instant().minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))));
            }
            return text.equals("now") ? clock.instant() : iso(text.strip().replace(' ', 'T'));
        } catch (DateTimeException | ArithmeticException e) {
            throw new TypeConversionException("'" + text + "' is no time. Allowed: " + ALLOWED);
        }
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }

    private Instant iso(String text) {
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay(clock.getZone()).toInstant();
        }
        boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > text.indexOf('T');
        return zoned
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(clock.getZone()).toInstant();
    }
}
