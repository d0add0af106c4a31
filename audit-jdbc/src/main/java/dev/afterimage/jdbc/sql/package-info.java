/**
 * The SQL analyser: what one SQL text does, found without a database and without {@code java.sql}.
 *
 * <p>{@link dev.afterimage.jdbc.sql.SqlAnalyzer} turns a text into a {@link dev.afterimage.jdbc.sql.StatementPlan}. The
 * lexer knows the lexical rules of each dialect; one recogniser per statement family reads the few clauses that matter
 * to an audit trail and skips the rest token by token. Recognisers are tolerant: they never throw, look ahead by a fixed
 * number of tokens, and say "unknown" rather than guess.
 */
@NullMarked
package dev.afterimage.jdbc.sql;

import org.jspecify.annotations.NullMarked;
