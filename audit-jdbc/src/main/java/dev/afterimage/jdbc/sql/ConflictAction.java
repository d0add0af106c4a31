package dev.afterimage.jdbc.sql;

/** What an INSERT does with a row that is there already. */
public enum ConflictAction {
    /** The statement fails. */
    FAIL,
    /** ON CONFLICT DO NOTHING, INSERT IGNORE: the row is skipped. */
    NOTHING,
    /** ON CONFLICT DO UPDATE, ON DUPLICATE KEY UPDATE: the row that is there is updated. */
    UPDATE,
    /** REPLACE: the row that is there is deleted first. */
    REPLACE
}
