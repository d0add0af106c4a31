package dev.afterimage.server;

import dev.afterimage.jdbc.fixture.PostgresPair;
import dev.afterimage.jdbc.fixture.PostgresServer;
import dev.afterimage.kafka.fixture.ChildBroker;
import dev.afterimage.kafka.fixture.KafkaBroker;
import dev.afterimage.server.fixture.ServerProcess;
import org.awaitility.Awaitility;

/**
 * Something on the way from the application to the store goes away, and comes back.
 *
 * @param name for people
 * @param begin takes it away
 * @param end brings it back
 */
record Fault(String name, Step begin, Step end) {

    /** Something that may go wrong. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** Takes it away, does something, and brings it back whatever became of that. */
    void during(Step meanwhile) throws Exception {
        try {
            begin.run();
            meanwhile.run();
        } finally {
            end.run();
        }
    }

    static Fault stopped(KafkaBroker broker) {
        return new Fault("broker stopped", broker::stop, broker::start);
    }

    static Fault killed(ChildBroker broker) {
        return new Fault("broker killed", broker::kill, broker::start);
    }

    static Fault hung(ChildBroker broker) {
        return new Fault("broker hung", broker::freeze, broker::thaw);
    }

    static Fault stopped(PostgresServer store) {
        return new Fault("store stopped", store::stop, store::start);
    }

    static Fault replicaStopped(PostgresPair pair) {
        return new Fault("replica stopped", pair::stopStandby, pair::startStandby);
    }

    static Fault killed(ServerProcess server) {
        return new Fault("audit server killed", server::kill, server::start);
    }

    /** Acknowledgements are torn, one after the other. */
    static Fault cut(TcpProxy proxy, int times) {
        return new Fault(
                "network cut",
                () -> {
                    for (int i = 0; i < times; i++) {
                        int wanted = proxy.cuts() + 1;
                        proxy.cutNext();
                        Awaitility.await().atMost(AuditPath.PATIENCE).until(() -> proxy.cuts() >= wanted);
                    }
                },
                () -> {});
    }

    /** This one first, and another one before this is over. */
    Fault and(Fault other) {
        return new Fault(
                name + " and " + other.name,
                () -> {
                    begin.run();
                    other.begin.run();
                },
                () -> {
                    try {
                        end.run();
                    } finally {
                        other.end.run();
                    }
                });
    }
}
