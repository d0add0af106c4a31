package dev.afterimage.jdbc.sql;

/** An immutable set of keywords; the ordinals, never stored, save the look-up through a class. */
@SuppressWarnings("EnumOrdinal")
final class KeywordSet {
    private static final int KEYWORDS = Keyword.values().length;

    private final boolean[] members;

    private KeywordSet(boolean[] members) {
        this.members = members;
    }

    static KeywordSet of(Keyword... keywords) {
        return new KeywordSet(new boolean[KEYWORDS]).and(keywords);
    }

    KeywordSet and(Keyword... keywords) {
        boolean[] union = members.clone();
        for (Keyword keyword : keywords) {
            union[keyword.ordinal()] = true;
        }
        return new KeywordSet(union);
    }

    boolean contains(Keyword keyword) {
        return members[keyword.ordinal()];
    }
}
