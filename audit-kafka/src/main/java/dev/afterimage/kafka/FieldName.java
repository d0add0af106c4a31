package dev.afterimage.kafka;

import com.fasterxml.jackson.core.io.SerializedString;

/** The names of the fields of a record, encoded once, see {@code SCHEMA.md}. */
final class FieldName {

    static final SerializedString KIND = new SerializedString("kind");
    static final SerializedString ID = new SerializedString("id");
    static final SerializedString SOURCE = new SerializedString("source");
    static final SerializedString OP = new SerializedString("op");
    static final SerializedString GAP = new SerializedString("gap");
    static final SerializedString COLUMN = new SerializedString("column");
    static final SerializedString REASON = new SerializedString("reason");
    static final SerializedString DETAIL = new SerializedString("detail");
    static final SerializedString NAME = new SerializedString("name");
    static final SerializedString VALUE = new SerializedString("value");
    static final SerializedString OUTCOME = new SerializedString("outcome");
    static final SerializedString ROWS = new SerializedString("rows");
    static final SerializedString CHANGED_AT = new SerializedString("changedAt");
    static final SerializedString CLOCK_OFFSET = new SerializedString("clockOffset");
    static final SerializedString LOST = new SerializedString("lost");
    static final SerializedString RECORDED_AT = new SerializedString("recordedAt");
    static final SerializedString NUMBER = new SerializedString("number");
    static final SerializedString COMMITTED_AT = new SerializedString("committedAt");
    static final SerializedString NOT_BEFORE = new SerializedString("notBefore");
    static final SerializedString POSITION = new SerializedString("position");
    static final SerializedString SCHEMA = new SerializedString("schema");
    static final SerializedString KEY = new SerializedString("key");
    static final SerializedString NEW_KEY = new SerializedString("newKey");
    static final SerializedString STATEMENT = new SerializedString("statement");
    static final SerializedString BEFORE = new SerializedString("before");
    static final SerializedString AFTER = new SerializedString("after");
    static final SerializedString CATALOG = new SerializedString("catalog");
    static final SerializedString INDEX = new SerializedString("index");
    static final SerializedString COUNT = new SerializedString("count");
    static final SerializedString TENANT = new SerializedString("tenant");
    static final SerializedString REQUEST_ID = new SerializedString("requestId");
    static final SerializedString TABLE = new SerializedString("table");
    static final SerializedString ASSIGNED = new SerializedString("assigned");
    static final SerializedString TRANSACTION = new SerializedString("transaction");
    static final SerializedString ACTOR = new SerializedString("actor");
    static final SerializedString ATTRIBUTES = new SerializedString("attributes");
    static final SerializedString FENCE = new SerializedString("fence");
    static final SerializedString TYPE = new SerializedString("type");
    static final SerializedString SHA256 = new SerializedString("sha256");
    static final SerializedString PREFIX = new SerializedString("prefix");
    static final SerializedString LENGTH = new SerializedString("length");

    private FieldName() {}
}
