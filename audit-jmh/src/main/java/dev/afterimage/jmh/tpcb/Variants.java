package dev.afterimage.jmh.tpcb;

import java.nio.file.Path;
import java.util.List;

/** The variants by name. */
final class Variants {

    /** All that the program knows, in the table's order. */
    static final List<String> NAMES = List.of(
            RawVariant.NAME,
            CountingSinkVariant.NAME,
            BrokerVariant.NAME,
            "debezium",
            "outbox-statement",
            "outbox-batched",
            "trigger-star",
            "trigger-heap",
            "p6spy",
            "datasource-proxy");

    /** Without those that keep no trail. */
    static final List<String> WITH_TRAIL = NAMES.subList(0, NAMES.size() - 2);

    private Variants() {}

    /** The named ones in the table's order, the bare pool always first. */
    static List<Variant> of(List<String> names, Path files) {
        return NAMES.stream()
                .filter(name -> name.equals(RawVariant.NAME) || names.contains(name))
                .map(name -> variant(name, files))
                .toList();
    }

    private static Variant variant(String name, Path files) {
        return switch (name) {
            case RawVariant.NAME -> new RawVariant();
            case CountingSinkVariant.NAME -> new CountingSinkVariant();
            case BrokerVariant.NAME -> new BrokerVariant(files);
            case "debezium" -> new DebeziumVariant();
            case "outbox-statement" -> OutboxVariant.perStatement();
            case "outbox-batched" -> OutboxVariant.batched();
            case "trigger-star" -> TriggerVariant.changesOnly();
            case "trigger-heap" -> TriggerVariant.wholeRows();
            case "p6spy" -> new P6SpyVariant();
            case "datasource-proxy" -> new DatasourceProxyVariant();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
