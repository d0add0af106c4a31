package dev.afterimage.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of all {@link Setting}s, checked. Immutable.
 *
 * <p>Read from {@code application.properties} (in UTF-8), then system properties, then the environment; the later wins. In the
 * environment a key is written in capitals with underscores: {@code AUDIT_RING_SIZE}. A key under {@code audit.} that no
 * setting has, and a value that its setting does not allow, is refused at once.
 */
public final class AuditConfiguration {

    private static final String PREFIX = "audit.";
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Map<String, String> values;

    private AuditConfiguration(Map<String, String> values) {
        this.values = values;
        for (Map.Entry<String, String> property : values.entrySet()) {
            check(property.getKey(), property.getValue());
        }
    }

    /**
     * Reads {@code application.properties} from the class path, if there is one, then system properties and environment.
     *
     * @throws ConfigurationException if a key or a value is not allowed
     */
    public static AuditConfiguration load() {
        Properties file = new Properties();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = loader == null
                ? ClassLoader.getSystemResourceAsStream("application.properties")
                : loader.getResourceAsStream("application.properties")) {
            if (in != null) {
                file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("application.properties on the class path cannot be read: " + e);
        }
        return layered(file, System.getProperties(), System.getenv());
    }

    /**
     * Reads a properties file, then system properties and environment.
     *
     * @throws ConfigurationException if the file cannot be read, or a key or a value is not allowed
     */
    public static AuditConfiguration load(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("Configuration file " + file.toAbsolutePath() + " cannot be read: " + e);
        }
        return layered(properties, System.getProperties(), System.getenv());
    }

    static AuditConfiguration layered(Properties file, Properties system, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        putAudit(file, values);
        putAudit(system, values);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (variable.getKey().startsWith("AUDIT_")) {
                values.put(keyOfVariable(variable.getKey()), variable.getValue());
            }
        }
        return new AuditConfiguration(values);
    }

    /**
     * Takes the given properties alone; keys outside {@code audit.} are ignored.
     *
     * @throws ConfigurationException if a key or a value is not allowed
     */
    public static AuditConfiguration of(Map<String, String> properties) {
        Map<String, String> values = new TreeMap<>();
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (property.getKey().startsWith(PREFIX)) {
                values.put(property.getKey(), property.getValue());
            }
        }
        return new AuditConfiguration(values);
    }

    private static void putAudit(Properties from, Map<String, String> to) {
        for (String key : from.stringPropertyNames()) {
            if (key.startsWith(PREFIX)) {
                to.put(key, from.getProperty(key));
            }
        }
    }

    /** The environment cannot tell a dot from a hyphen, so the variable is matched against each key in its own form. */
    private static String keyOfVariable(String variable) {
        for (Setting setting : Setting.values()) {
            String form = variableForm(setting.key());
            if (form.equals(variable)) {
                return setting.key();
            }
            if (setting.kind.isPrefix() && variable.startsWith(form)) {
                String rest = variable.substring(form.length()).toLowerCase(Locale.ROOT);
                // What follows is the name of a table, or a key of Kafka's.
                return setting.key() + (setting.kind == Setting.Kind.CHOICE_OF ? rest : rest.replace('_', '.'));
            }
        }
        String meant = nearest(variable.toLowerCase(Locale.ROOT).replace('_', '.'));
        throw new ConfigurationException(
                "Unknown environment variable " + variable + ". Did you mean " + variableForm(meant) + "?");
    }

    private static String variableForm(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static void check(String key, String value) {
        for (Setting setting : Setting.values()) {
            if (setting.kind.isPrefix() ? key.startsWith(setting.key()) : key.equals(setting.key())) {
                parse(setting, key, value);
                return;
            }
        }
        throw new ConfigurationException("Unknown property " + key + ". Did you mean " + nearest(key) + "?");
    }

    private static Object parse(Setting setting, String key, String raw) {
        String value = raw.strip();
        Object parsed = switch (setting.kind) {
            case TEXT, SECRET, PREFIX -> value;
            case PATTERNS -> patterns(value);
            case BOOLEAN -> (value.equals("true") || value.equals("false")) ? Boolean.valueOf(value) : null;
            case CHOICE, CHOICE_OF -> setting.offers(value) ? value : null;
            case COUNT -> positive(number(value, ""));
            case SIZE -> size(value);
            case DISK_SIZE -> between(bytes(value), 1L << 20, 1L << 40);
            case DURATION -> duration(value);
        };
        if (parsed == null) {
            throw new ConfigurationException(
                    "Property " + key + "=" + value + " is not allowed. Allowed: " + setting.allowed());
        }
        return parsed;
    }

    private static List<String> patterns(String value) {
        List<String> patterns = new ArrayList<>();
        for (String pattern : value.split(",", -1)) {
            if (!pattern.isBlank()) {
                patterns.add(pattern.strip());
            }
        }
        return List.copyOf(patterns);
    }

    private static @Nullable Long number(String value, String unit) {
        if (!value.endsWith(unit)) {
            return null;
        }
        try {
            return Long.valueOf(
                    value.substring(0, value.length() - unit.length()).strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Integer positive(@Nullable Long number) {
        boolean fits = number != null && number >= 1 && number <= Integer.MAX_VALUE;
        return number == null || !fits ? null : Integer.valueOf(number.intValue());
    }

    private static @Nullable Integer size(String value) {
        Long bytes = between(bytes(value), 1L << 10, 1L << 30);
        return bytes == null ? null : Integer.valueOf(bytes.intValue());
    }

    private static @Nullable Long bytes(String value) {
        long unit =
                value.endsWith("MiB") ? 1 << 20 : value.endsWith("KiB") ? 1 << 10 : value.endsWith("GiB") ? 1 << 30 : 1;
        Long number = number(unit == 1 ? value : value.substring(0, value.length() - 3), "");
        boolean fits = number != null && number >= 1 && number <= Long.MAX_VALUE / unit;
        return number == null || !fits ? null : Long.valueOf(number * unit);
    }

    private static @Nullable Long between(@Nullable Long bytes, long least, long most) {
        return bytes == null || bytes < least || bytes > most ? null : bytes;
    }

    private static @Nullable Duration duration(String value) {
        Long number = number(value, "ms");
        if (number != null) {
            return duration(number, 1);
        }
        number = number(value, "s");
        if (number != null) {
            return duration(number, 1000);
        }
        number = number(value, "m");
        return number == null ? null : duration(number, 60_000);
    }

    private static @Nullable Duration duration(long number, long unitMillis) {
        boolean fits = number >= 0 && number <= LONGEST.toMillis() / unitMillis;
        return fits ? Duration.ofMillis(number * unitMillis) : null;
    }

    private static String nearest(String key) {
        String best = Setting.ENABLED.key();
        int least = Integer.MAX_VALUE;
        for (Setting setting : Setting.values()) {
            int distance = editDistance(key, setting.key());
            if (distance < least) {
                least = distance;
                best = setting.key();
            }
        }
        return best;
    }

    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    private Object value(Setting setting) {
        String given = values.get(setting.key());
        String value = given == null ? setting.fallback() : given;
        if (value == null || (value.isBlank() && setting.fallback() == null)) {
            throw new ConfigurationException("Property " + setting.key() + " is missing. " + setting.meaning()
                    + " Allowed: " + setting.allowed());
        }
        return parse(setting, setting.key(), value);
    }

    /** Whether the setting was given a value, as opposed to its default. */
    public boolean isGiven(Setting setting) {
        return values.containsKey(setting.key());
    }

    /**
     * A text.
     *
     * @throws ConfigurationException if it has no default and was not given
     */
    public String text(Setting setting) {
        return (String) value(setting);
    }

    /** A switch. */
    public boolean flag(Setting setting) {
        return (Boolean) value(setting);
    }

    /** A count, or a size in bytes. */
    public int number(Setting setting) {
        return (Integer) value(setting);
    }

    /** A size on disk, in bytes. */
    public long bytes(Setting setting) {
        return (Long) value(setting);
    }

    /** A time span. */
    public Duration duration(Setting setting) {
        return (Duration) value(setting);
    }

    /** A list of name patterns. */
    @SuppressWarnings("unchecked") // parse() makes nothing else for this kind
    public List<String> patterns(Setting setting) {
        return (List<String>) value(setting);
    }

    /** The keys under a prefix setting, the prefix taken off, with their values. */
    public Map<String, String> under(Setting prefix) {
        Map<String, String> found = new TreeMap<>();
        for (Map.Entry<String, String> property : values.entrySet()) {
            if (property.getKey().startsWith(prefix.key())) {
                found.put(property.getKey().substring(prefix.key().length()), property.getValue());
            }
        }
        return found;
    }
}
