/** Tests of the record schema, the sink and the consumer. */
@NullMarked
package dev.afterimage.kafka;

import org.jspecify.annotations.NullMarked;
