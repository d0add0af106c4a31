package dev.afterimage.jmh.tpcb;

import java.nio.file.Path;
import java.util.List;

/** The variants by name. */
final class Variants {

    /** All that the program knows, in the table's order. */
    static final List<String> NAMES = List.of(
            RawVariant.NAME,
            CountingSinkVariant.NAME,
            "afterimage-memory",
            "afterimage-disk",
            "afterimage-database",
            BrokerVariant.NAME,
            "debezium",
            "outbox-statement",
            "outbox-batched",
            "trigger-star",
            "trigger-heap",
            "p6spy",
            "datasource-proxy");

    /** What is compared if nobody says: our own other modes are a question of their own. */
    static final List<String> COMPARED = NAMES.stream()
            .filter(name -> !List.of("afterimage-memory", "afterimage-disk", "afterimage-database")
                    .contains(name))
            .toList();

    /** Without those that keep no trail. */
    static final List<String> WITH_TRAIL = COMPARED.subList(0, COMPARED.size() - 2);

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
            case CountingSinkVariant.NAME -> CountingSinkVariant.byDefault(files);
            case "afterimage-memory" -> CountingSinkVariant.of("memory", files);
            case "afterimage-disk" -> CountingSinkVariant.of("disk", files);
            case "afterimage-database" -> CountingSinkVariant.of("database", files);
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
