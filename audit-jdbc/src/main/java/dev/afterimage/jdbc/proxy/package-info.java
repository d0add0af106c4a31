/**
 * The wrappers an application works with in place of the driver's objects.
 *
 * <p>An {@code Audited…} class shows only what auditing adds to its interface; everything else it inherits from the
 * generated delegation. Two invariants hold for every method of every wrapper:
 *
 * <ul>
 *   <li>No raw object leaves but by {@code unwrap}, and each that does passes
 *       {@link dev.afterimage.jdbc.proxy.Auditing}.
 *   <li>Identity is kept: a statement answers the connection that made it, a result set the statement that made it.
 * </ul>
 *
 * <p>Null stays null, and exceptions pass unchanged. What a wrapper calls of its own accord a driver answers without asking
 * the database, such as {@code getAutoCommit}, and the update count of an {@code execute}; only where the configuration
 * wants statements asked for their rows, they are prepared and executed in another form.
 *
 * <p>To the application a wrapper is as thread-safe as the object behind it. The trail is right only where one thread at a
 * time works with a connection; {@code cancel} and {@code abort} may come from any.
 *
 * <p>Java has one superclass for a class, so the generated delegation of {@code PreparedStatement},
 * {@code CallableStatement} and {@code XAConnection} lies here too, between the audited class it continues and the
 * audited class that completes it: what auditing adds to a statement is written once.
 */
@NullMarked
package dev.afterimage.jdbc.proxy;

import org.jspecify.annotations.NullMarked;
