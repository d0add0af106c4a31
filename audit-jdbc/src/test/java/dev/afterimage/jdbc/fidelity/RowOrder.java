package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.table.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether the changes of each row, sorted as the trail sorts them, stand in the order in which they happened: across
 * transactions and threads. A row lock gives that order, and the workload sees to it that a client can know it: rows
 * that several threads change are changed in explicit transactions only.
 */
final class RowOrder {

    private record Row(TableName table, RowKey key) {}

    private final Map<Row, List<Alignment.Match>> rows = new LinkedHashMap<>();

    void add(Alignment.Match match) {
        Set<RowKey> keys = new LinkedHashSet<>();
        keys.add(Objects.requireNonNull(match.told().key()));
        keys.add(Objects.requireNonNull(match.told().keyAfter()));
        for (RowKey key : keys) {
            rows.computeIfAbsent(new Row(match.real().shape().table().name(), key), any -> new ArrayList<>())
                    .add(match);
        }
    }

    void check(Findings findings) {
        rows.forEach((row, matches) -> {
            matches.sort(Comparator.comparingLong(match -> match.real().sequence()));
            for (int i = 1; i < matches.size(); i++) {
                Change earlier = matches.get(i - 1).told();
                Change later = matches.get(i).told();
                if (HistoryEntry.ORDER.compare(earlier, later) > 0) {
                    findings.misordered(
                            1,
                            "misordered: the trail has " + matches.get(i).real() + " before "
                                    + matches.get(i - 1).real() + ": " + later + " " + earlier);
                }
            }
        });
    }
}
