package dev.afterimage.jdbc.sql;

import java.util.Arrays;
import java.util.EnumSet;

/** An immutable set of keywords. */
final class KeywordSet {
    private final EnumSet<Keyword> members;

    private KeywordSet(EnumSet<Keyword> members) {
        this.members = members;
    }

    static KeywordSet of(Keyword... keywords) {
        EnumSet<Keyword> members = EnumSet.noneOf(Keyword.class);
        members.addAll(Arrays.asList(keywords));
        return new KeywordSet(members);
    }

    KeywordSet and(Keyword... keywords) {
        EnumSet<Keyword> union = EnumSet.copyOf(members);
        union.addAll(Arrays.asList(keywords));
        return new KeywordSet(union);
    }

    boolean contains(Keyword keyword) {
        return members.contains(keyword);
    }
}
