package dev.afterimage.jdbc;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which database a JDBC URL means, whoever connects.
 *
 * @param identity the URL without user and password: what distinguishes databases and ways to see them. To compare, not
 *     to show: a driver may have secrets that are not known here
 * @param address where the database is, to show: only what is known to be harmless
 */
record JdbcUrl(String identity, String address) {

    /** {@code postgresql:}, {@code oracle:thin:}, {@code h2:mem:}, with the slashes that may follow. */
    private static final Pattern SCHEME = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+_-]*:)+(?://)?");

    private static final Pattern PARAMETER = Pattern.compile("[?;][A-Za-z][A-Za-z0-9_. -]*=");

    private static final Pattern LOGIN_PARAMETER = Pattern.compile("(?i)([?&;])(?:user|username|password|pwd)=[^&;]*");

    /** MySQL's and Oracle's form with parentheses. */
    private static final Pattern LOGIN_IN_PARENTHESES = Pattern.compile("(?i)\\((?:user|password)[^)=]*=[^)]*\\)");

    private static final Pattern PARAMETERS = Pattern.compile("(?s)[?;].*");

    /** SQL Server's, whose name for the database is a parameter. */
    private static final Pattern PLACE_PARAMETER =
            Pattern.compile("(?i)[?&;](?:databaseName|database|instanceName|serverName)=[^&;]*");

    /** Reads a URL, of any driver. */
    static JdbcUrl of(String url) {
        String rest = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        String place = withoutLogin(rest);
        String address = PARAMETERS.matcher(place).replaceFirst("")
                + PLACE_PARAMETER
                        .matcher(place)
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.joining());
        return new JdbcUrl(LOGIN_PARAMETER.matcher(place).replaceAll("$1"), address);
    }

    /** Cuts what stands before the last {@code @}: rather a part of the place than a part of a password. */
    private static String withoutLogin(String rest) {
        String plain = LOGIN_IN_PARENTHESES.matcher(rest).replaceAll("");
        Matcher scheme = SCHEME.matcher(plain);
        Matcher parameter = PARAMETER.matcher(plain);
        int begin = scheme.lookingAt() ? scheme.end() : 0;
        // Behind a parameter's name and equals sign an @ is part of the value.
        int end = parameter.find() ? parameter.start() : plain.length();
        int at = plain.lastIndexOf('@', end - 1);
        return at < begin ? plain : plain.substring(0, begin) + plain.substring(at + 1);
    }
}
