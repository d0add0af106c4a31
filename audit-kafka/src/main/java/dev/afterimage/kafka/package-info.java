/**
 * Events through Kafka: the sink that brings them to the broker, and the consumer that holds them on the audit side
 * until they are due. Knows the change model and the ports of {@code core.sink} and {@code core.resolve}; knows no
 * database. The form of a record is described in {@code SCHEMA.md}.
 */
@NullMarked
package dev.afterimage.kafka;

import org.jspecify.annotations.NullMarked;
